import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { useApi } from '../../api/api-context';
import { useAction } from '../../api/use-action';
import { useLive } from '../../api/use-live';
import { formatCount } from '../../format/format-number';
import { CallProblem } from '../../parts/call-problem';
import { Dialog } from '../../parts/dialog';
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
  const { run, isBusy, result, error } = useAction(async () => {
    const { erased } = await api.eraseUser(userId, destination);
    onErased();
    return erased;
  });
  return (
    <Dialog title="Erase stored data?" onClose={onClose}>
      <p>
        Everything that this relay stores of the user <strong class="long">{userId}</strong> is overwritten: events,
        ids, texts. What still waits is not sent. This cannot be undone.
      </p>
      <p>UserLeap itself is not asked to erase the user: send a Delete for that.</p>
      {destinations.length > 1 && result === undefined && (
        <SelectField
          label="Destination"
          any="all"
          value={destination}
          options={destinations}
          onChange={setDestination}
        />
      )}
      {error && <CallProblem error={error} />}
      <p role="status">{result !== undefined && `The data of ${formatCount(result, 'stored event')} was erased.`}</p>
      <div class="buttons">
        {result === undefined && (
          <button type="button" class="danger" disabled={isBusy} onClick={run}>
            {isBusy ? 'Erasing…' : 'Erase'}
          </button>
        )}
        <button type="button" onClick={onClose}>
          {result === undefined ? 'Cancel' : 'Close'}
        </button>
      </div>
    </Dialog>
  );
}
