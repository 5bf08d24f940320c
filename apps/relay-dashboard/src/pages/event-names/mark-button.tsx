import type { JSX } from 'preact';
import { useAction } from '../../api/use-action';
import { CallProblem } from '../../parts/call-problem';

interface Props {
  readonly name: string;
  readonly isSetUp: boolean;
  mark(name: string, setUp: boolean): Promise<unknown>;
}

/** Marks a name as set up in UserLeap, or takes that back. */
export function MarkButton({ name, isSetUp, mark }: Props): JSX.Element {
  const { run, isBusy, error } = useAction(() => mark(name, !isSetUp));
  return (
    <>
      <button type="button" aria-disabled={isBusy} onClick={run}>
        {isSetUp ? 'Undo mark' : 'Mark as set up'}
        <span class="only-read"> {name}</span>
      </button>
      {error && <CallProblem error={error} />}
    </>
  );
}
