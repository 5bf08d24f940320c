import type { JSX } from 'preact';
import type { ReplayCall } from '../api/admin-api';
import { useApi } from '../api/api-context';
import { useLoad } from '../api/use-load';
import { formatCount } from '../format/format-number';
import { ActionDialog } from './action-dialog';
import { Loadable } from './loadable';

interface Props {
  readonly call: ReplayCall;
  onReplayed(): void;
  onClose(): void;
}

/** Says how many events would be sent again, asks, and says how many were. */
export function ReplayEventsDialog({ call, onReplayed, onClose }: Props): JSX.Element {
  const api = useApi();
  const counted = useLoad(JSON.stringify(call), () => api.countEvents(call));
  const count = counted.value?.count;
  const replay = async (): Promise<number> => {
    const { replayed } = await api.replayEvents(call);
    onReplayed();
    return replayed;
  };
  return (
    <ActionDialog
      title="Replay events?"
      button={{
        class: 'primary',
        label: `Replay ${counted.value ? describe(counted.value) : ''}`,
        busyLabel: 'Replaying…',
        isDisabled: !count,
      }}
      act={replay}
      describe={(replayed) => `${formatCount(replayed, 'event')} replayed.`}
      onClose={onClose}
    >
      {(isDone) =>
        !isDone && (
          <Loadable loaded={counted} onRetry={counted.reload}>
            {(value) => (
              <>
                <p>
                  <strong>{describe(value)}</strong> will wait to be sent again, under the settings of today. What still
                  waits is left alone.
                </p>
                <p class="hint">
                  UserLeap counts an event that was delivered before a second time. Attributes do not go back: what
                  UserLeap was told since of a user stays.
                </p>
              </>
            )}
          </Loadable>
        )
      }
    </ActionDialog>
  );
}

function describe({ count, isMore }: { readonly count: number; readonly isMore: boolean }): string {
  return isMore ? `more than ${formatCount(count - 1, 'event')}` : formatCount(count, 'event');
}
