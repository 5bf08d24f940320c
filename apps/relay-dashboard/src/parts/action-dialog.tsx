import type { ComponentChildren, JSX } from 'preact';
import { useAction } from '../api/use-action';
import { CallProblem } from './call-problem';
import { Dialog } from './dialog';

interface Props<Result> {
  readonly title: string;
  readonly button: {
    readonly class: 'primary' | 'danger';
    readonly label: string;
    /** While it is being done. */
    readonly busyLabel: string;
    readonly isDisabled?: boolean;
  };
  /** The question, before and after it was answered. */
  children(isDone: boolean): ComponentChildren;
  act(): Promise<Result>;
  /** What was done, in a sentence. */
  describe(result: Result): string;
  onClose(): void;
}

/** Asks before something is done that cannot be taken back, does it, and says what was done. */
export function ActionDialog<Result>({ title, button, children, act, describe, onClose }: Props<Result>): JSX.Element {
  const { run, isBusy, result, error } = useAction(act);
  const isDone = result !== undefined;
  return (
    <Dialog title={title} onClose={onClose}>
      {children(isDone)}
      {error && <CallProblem error={error} />}
      <p role="status">{isDone && describe(result)}</p>
      <div class="buttons">
        {!isDone && (
          <button type="button" class={button.class} disabled={isBusy || button.isDisabled} onClick={run}>
            {isBusy ? button.busyLabel : button.label}
          </button>
        )}
        <button type="button" onClick={onClose}>
          {isDone ? 'Close' : 'Cancel'}
        </button>
      </div>
    </Dialog>
  );
}
