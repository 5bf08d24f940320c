import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { useApi } from '../../api/api-context';
import { useLive } from '../../api/use-live';
import { formatCount } from '../../format/format-number';
import { ActionDialog } from '../../parts/action-dialog';
import { SelectField } from '../../parts/select-field';

interface Props {
  readonly userId: string;
  onErased(): void;
  onClose(): void;
}

/** Asks before a user's data is erased, and says what was erased. */
export function EraseDialog({ userId, onErased, onClose }: Props): JSX.Element {
  const api = useApi();
  const destinations = useLive().overview?.destinations.map(({ name }) => name) ?? [];
  const [destination, setDestination] = useState<string>();
  const erase = async (): Promise<number> => {
    const { erased } = await api.eraseUser(userId, destination);
    onErased();
    return erased;
  };
  return (
    <ActionDialog
      title="Erase stored data?"
      button={{ class: 'danger', label: 'Erase', busyLabel: 'Erasing…' }}
      act={erase}
      describe={(erased) => `The data of ${formatCount(erased, 'stored event')} was erased.`}
      onClose={onClose}
    >
      {(isDone) => (
        <>
          <p>
            Everything that this relay stores of the user <strong class="long">{userId}</strong> is overwritten: events,
            ids, texts. What still waits is not sent. This cannot be undone.
          </p>
          <p>UserLeap itself is not asked to erase the user: send a Delete for that.</p>
          {destinations.length > 1 && !isDone && (
            <SelectField
              label="Destination"
              any="all"
              value={destination}
              options={destinations}
              onChange={setDestination}
            />
          )}
        </>
      )}
    </ActionDialog>
  );
}
