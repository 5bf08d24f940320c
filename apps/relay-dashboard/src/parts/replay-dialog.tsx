import type { JSX } from 'preact';
import type { DeadLetterFilter } from '../api/admin-api';
import { useApi } from '../api/api-context';
import { useLoad } from '../api/use-load';
import { formatCount } from '../format/format-number';
import { ActionDialog } from './action-dialog';
import { Loadable } from './loadable';

interface Props {
  readonly filter: DeadLetterFilter;
  /** Which ones, in a sentence; undefined where the number says enough. */
  readonly what?: string | undefined;
  onReplayed(): void;
  onClose(): void;
}

/** Says how many dead letters would be replayed, asks, and says how many were. */
export function ReplayDialog({ filter, what, onReplayed, onClose }: Props): JSX.Element {
  const api = useApi();
  const counted = useLoad(JSON.stringify(filter), () => api.countDeadLetters(filter));
  const count = counted.value?.count;
  const replay = async (): Promise<number> => {
    const { replayed } = await api.replayDeadLetters(filter);
    onReplayed();
    return replayed;
  };
  return (
    <ActionDialog
      title="Replay dead letters?"
      button={{
        class: 'primary',
        label: `Replay ${count === undefined ? '' : formatCount(count, 'event')}`,
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
              <p>
                <strong>{formatCount(value.count, 'event')}</strong> will wait to be sent again, under the settings of
                today. {what}
              </p>
            )}
          </Loadable>
        )
      }
    </ActionDialog>
  );
}
