import type { JSX } from 'preact';
import type { DeadLetterFilter } from '../api/admin-api';
import { useApi } from '../api/api-context';
import { CountedDialog } from './counted-dialog';

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
  return (
    <CountedDialog
      title="Replay dead letters?"
      button={{ class: 'primary', verb: 'Replay', busyLabel: 'Replaying…' }}
      done="replayed"
      of={filter}
      count={() => api.countDeadLetters(filter)}
      act={async () => {
        const { replayed } = await api.replayDeadLetters(filter);
        onReplayed();
        return replayed;
      }}
      onClose={onClose}
    >
      {(events) => (
        <p>
          <strong>{events}</strong> will wait to be sent again, under the settings of today. {what}
        </p>
      )}
    </CountedDialog>
  );
}
