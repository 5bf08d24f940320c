import type { JSX } from 'preact';
import { adviceFor } from '../api/call-error';
import type { CallError } from '../api/call-error';

interface Props {
  readonly error: CallError;
  /** Undefined: there is another button that tries it again. */
  readonly onRetry?: () => void;
}

/** That a call did not succeed, why, and what to do. */
export function CallProblem({ error, onRetry }: Props): JSX.Element {
  return (
    <div class="notice notice-problem" role="alert">
      <p>
        <strong>{error.message}</strong> {adviceFor(error)}
      </p>
      {onRetry && (
        <button type="button" onClick={onRetry}>
          Try again
        </button>
      )}
    </div>
  );
}
