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
  onDismissed(): void;
  onClose(): void;
}

/** Says how many dead letters would be dismissed, asks, and says how many were. */
export function DismissDialog({ filter, what, onDismissed, onClose }: Props): JSX.Element {
  const api = useApi();
  const counted = useLoad(JSON.stringify(filter), () => api.countDeadLetters(filter));
  const count = counted.value?.count;
  const dismiss = async (): Promise<number> => {
    const { dismissed } = await api.dismissDeadLetters(filter);
    onDismissed();
    return dismissed;
  };
  return (
    <ActionDialog
      title="Dismiss dead letters?"
      button={{
        class: 'danger',
        label: `Dismiss ${count === undefined ? '' : formatCount(count, 'event')}`,
        busyLabel: 'Dismissing…',
        isDisabled: !count,
      }}
      act={dismiss}
      describe={(dismissed) => `${formatCount(dismissed, 'event')} dismissed.`}
      onClose={onClose}
    >
      {(isDone) =>
        !isDone && (
          <Loadable loaded={counted} onRetry={counted.reload}>
            {(value) => (
              <p>
                <strong>{formatCount(value.count, 'event')}</strong> will not be delivered, and not count as dead
                letters any more. They are kept as long as what was delivered; until then they can still be replayed.{' '}
                {what}
              </p>
            )}
          </Loadable>
        )
      }
    </ActionDialog>
  );
}
