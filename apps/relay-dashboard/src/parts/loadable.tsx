import type { ComponentChildren, JSX } from 'preact';
import type { Loaded } from '../api/use-load';
import { CallProblem } from './call-problem';
import { Skeleton } from './skeleton';

interface Props<Value> {
  readonly loaded: Pick<Loaded<Value>, 'value' | 'error'>;
  onRetry(): void;
  children(value: Value): ComponentChildren;
}

/** What was loaded, that it is being loaded, or why it could not be. */
export function Loadable<Value>({ loaded: { value, error }, onRetry, children }: Props<Value>): JSX.Element {
  return (
    <>
      {error && <CallProblem error={error} onRetry={onRetry} />}
      {value === undefined ? !error && <Skeleton /> : children(value)}
    </>
  );
}
