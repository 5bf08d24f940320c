import type { JSX } from 'preact';
import type { DeadLetterFilter } from '../api/admin-api';
import { useApi } from '../api/api-context';
import { useAction } from '../api/use-action';
import { useLoad } from '../api/use-load';
import { formatCount } from '../format/format-number';
import { Dialog } from './dialog';
import { CallProblem } from './call-problem';
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
  const { run, isBusy, result, error } = useAction(async () => {
    const { replayed } = await api.replayDeadLetters(filter);
    onReplayed();
    return replayed;
  });
  return (
    <Dialog title="Replay dead letters?" onClose={onClose}>
      {result === undefined && (
        <Loadable loaded={counted} onRetry={counted.reload}>
          {({ count }) => (
            <p>
              <strong>{formatCount(count, 'event')}</strong> will wait to be sent again, under the settings of today.{' '}
              {what}
            </p>
          )}
        </Loadable>
      )}
      {error && <CallProblem error={error} />}
      <p role="status">{result !== undefined && `${formatCount(result, 'event')} replayed.`}</p>
      <div class="buttons">
        {result === undefined && (
          <button type="button" class="primary" disabled={isBusy || !counted.value?.count} onClick={run}>
            {isBusy ? 'Replaying…' : `Replay ${counted.value ? formatCount(counted.value.count, 'event') : ''}`}
          </button>
        )}
        <button type="button" onClick={onClose}>
          {result === undefined ? 'Cancel' : 'Close'}
        </button>
      </div>
    </Dialog>
  );
}
