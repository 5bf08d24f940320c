import type { JSX } from 'preact';
import { useApi } from '../../api/api-context';
import { useLive } from '../../api/use-live';
import { ActionDialog } from '../../parts/action-dialog';

interface Props {
  readonly name: string;
  onClose(): void;
}

/** Asks before a destination is paused. */
export function PauseDialog({ name, onClose }: Props): JSX.Element {
  const api = useApi();
  const { refresh } = useLive();
  const pause = async (): Promise<true> => {
    await api.pause(name);
    refresh();
    return true;
  };
  return (
    <ActionDialog
      title={`Pause ${name}?`}
      button={{ class: 'danger', label: 'Pause', busyLabel: 'Pausing…' }}
      act={pause}
      describe={() => 'It is paused.'}
      onClose={onClose}
    >
      {(isDone) =>
        !isDone && (
          <p>
            Nothing is sent to <strong class="long">{name}</strong> until somebody resumes it, also over a restart.
            Events are still taken in, and wait.
          </p>
        )
      }
    </ActionDialog>
  );
}
