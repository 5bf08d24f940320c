import type { JSX } from 'preact';
import type { DeadLetterFilter } from '../api/admin-api';
import { useApi } from '../api/api-context';
import { CountedDialog } from './counted-dialog';

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
  return (
    <CountedDialog
      title="Dismiss dead letters?"
      button={{ class: 'danger', verb: 'Dismiss', busyLabel: 'Dismissing…' }}
      done="dismissed"
      of={filter}
      count={() => api.countDeadLetters(filter)}
      act={async () => {
        const { dismissed } = await api.dismissDeadLetters(filter);
        onDismissed();
        return dismissed;
      }}
      onClose={onClose}
    >
      {(events) => (
        <p>
          <strong>{events}</strong> will not be delivered, and not count as dead letters any more. They are kept as long
          as what was delivered; until then they can still be replayed. {what}
        </p>
      )}
    </CountedDialog>
  );
}
