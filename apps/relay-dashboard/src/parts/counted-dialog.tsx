import type { ComponentChildren, JSX } from 'preact';
import { useLoad } from '../api/use-load';
import { formatCount } from '../format/format-number';
import { ActionDialog } from './action-dialog';
import { Loadable } from './loadable';

interface Counted {
  readonly count: number;
  /** There are more than are counted. */
  readonly isMore?: boolean;
}

interface Props {
  readonly title: string;
  readonly button: {
    readonly class: 'primary' | 'danger';
    /** What it does to so many events, such as `Replay`. */
    readonly verb: string;
    readonly busyLabel: string;
  };
  /** How it has been done to so many events, such as `replayed`. */
  readonly done: string;
  /** Which events, so that they are counted anew where these are others. */
  readonly of: unknown;
  count(): Promise<Counted>;
  /** Resolves with how many there were. */
  act(): Promise<number>;
  /** The question, with how many events there are in words. */
  children(events: string): ComponentChildren;
  onClose(): void;
}

/** Says to how many events something would be done, asks, does it, and says to how many it was. */
export function CountedDialog({ title, button, done, of, count, act, children, onClose }: Props): JSX.Element {
  const counted = useLoad(JSON.stringify(of), count);
  const { value } = counted;
  return (
    <ActionDialog
      title={title}
      button={{
        class: button.class,
        label: `${button.verb} ${value ? describe(value) : ''}`,
        busyLabel: button.busyLabel,
        isDisabled: !value?.count,
      }}
      act={act}
      describe={(number) => `${formatCount(number, 'event')} ${done}.`}
      onClose={onClose}
    >
      {(isDone) =>
        !isDone && (
          <Loadable loaded={counted} onRetry={counted.reload}>
            {(loaded) => <>{children(describe(loaded))}</>}
          </Loadable>
        )
      }
    </ActionDialog>
  );
}

function describe({ count, isMore }: Counted): string {
  return isMore ? `more than ${formatCount(count - 1, 'event')}` : formatCount(count, 'event');
}
