import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { useApi } from '../../api/api-context';
import { useLive } from '../../api/use-live';
import { formatCount } from '../../format/format-number';
import { ActionDialog } from '../../parts/action-dialog';
import { SelectField } from '../../parts/select-field';

interface Props {
  readonly name: string;
  onClose(): void;
}

/** Asks where to what waits for a destination is moved that is not configured, and says how much was. */
export function MoveDialog({ name, onClose }: Props): JSX.Element {
  const api = useApi();
  const { overview, refresh } = useLive();
  const targets = overview?.destinations.map((destination) => destination.name) ?? [];
  const [chosen, setChosen] = useState<string>();
  const target = targets.length === 1 ? targets[0] : chosen;
  const move = async (): Promise<number> => {
    const { moved } = await api.move(name, target ?? '');
    refresh();
    return moved;
  };
  return (
    <ActionDialog
      title="Move events?"
      button={{ class: 'primary', label: 'Move', busyLabel: 'Moving…', isDisabled: target === undefined }}
      act={move}
      describe={(moved) => `${formatCount(moved, 'event')} moved.`}
      onClose={onClose}
    >
      {(isDone) =>
        !isDone && (
          <>
            <p>
              Everything that waits for <strong class="long">{name}</strong> will wait for{' '}
              <strong class="long">{target ?? 'another destination'}</strong>, under the settings of that one.
            </p>
            {targets.length > 1 && (
              <SelectField label="Destination" any="choose one" value={target} options={targets} onChange={setChosen} />
            )}
          </>
        )
      }
    </ActionDialog>
  );
}
