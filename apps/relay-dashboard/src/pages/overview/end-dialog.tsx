import type { JSX } from 'preact';
import { useApi } from '../../api/api-context';
import { useLive } from '../../api/use-live';
import { formatCount } from '../../format/format-number';
import { ActionDialog } from '../../parts/action-dialog';

interface Props {
  readonly name: string;
  onClose(): void;
}

/** Asks before what waits for a destination is ended that is not configured, and says how much was. */
export function EndDialog({ name, onClose }: Props): JSX.Element {
  const api = useApi();
  const { refresh } = useLive();
  const end = async (): Promise<number> => {
    const { ended } = await api.end(name);
    refresh();
    return ended;
  };
  return (
    <ActionDialog
      title="End events?"
      button={{ class: 'danger', label: 'End', busyLabel: 'Ending…' }}
      act={end}
      describe={(ended) => `${formatCount(ended, 'event')} became dead letters.`}
      onClose={onClose}
    >
      {(isDone) =>
        !isDone && (
          <p>
            Everything that waits for <strong class="long">{name}</strong> becomes dead letters. They can be replayed
            only once a destination of this name is configured again.
          </p>
        )
      }
    </ActionDialog>
  );
}
