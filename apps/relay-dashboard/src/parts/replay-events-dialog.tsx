import type { JSX } from 'preact';
import type { ReplayCall } from '../api/admin-api';
import { useApi } from '../api/api-context';
import { CountedDialog } from './counted-dialog';

interface Props {
  readonly call: ReplayCall;
  onReplayed(): void;
  onClose(): void;
}

/** Says how many events would be sent again, asks, and says how many were. */
export function ReplayEventsDialog({ call, onReplayed, onClose }: Props): JSX.Element {
  const api = useApi();
  return (
    <CountedDialog
      title="Replay events?"
      button={{ class: 'primary', verb: 'Replay', busyLabel: 'Replaying…' }}
      done="replayed"
      of={call}
      count={() => api.countEvents(call)}
      act={async () => {
        const { replayed } = await api.replayEvents(call);
        onReplayed();
        return replayed;
      }}
      onClose={onClose}
    >
      {(events) => (
        <>
          <p>
            <strong>{events}</strong> will wait to be sent again, under the settings of today. What still waits is left
            alone.
          </p>
          <p class="hint">
            UserLeap counts an event that was delivered before a second time. Attributes do not go back: what UserLeap
            was told since of a user stays.
          </p>
        </>
      )}
    </CountedDialog>
  );
}
