import type { JSX } from 'preact';
import { useApi } from '../../api/api-context';
import { formatCount } from '../../format/format-number';
import { ActionDialog } from '../../parts/action-dialog';

interface Props {
  readonly destination: string;
  readonly names: readonly string[];
  onMarked(): void;
  onClose(): void;
}

/** Asks before every name in sight is marked as set up. */
export function MarkAllDialog({ destination, names, onMarked, onClose }: Props): JSX.Element {
  const api = useApi();
  const mark = async (): Promise<number> => {
    const { marked } = await api.markEventNames(destination, names, true);
    onMarked();
    return marked;
  };
  return (
    <ActionDialog
      title="Mark all as set up?"
      button={{ class: 'primary', label: `Mark ${formatCount(names.length, 'name')}`, busyLabel: 'Marking…' }}
      act={mark}
      describe={(marked) => `${formatCount(marked, 'name')} marked as set up.`}
      onClose={onClose}
    >
      {(isDone) =>
        !isDone && (
          <p>
            This is a note for you and your colleagues. It changes nothing in UserLeap. Names that UserLeap refuses now
            are left as they are.
          </p>
        )
      }
    </ActionDialog>
  );
}
