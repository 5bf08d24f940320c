import type { JSX } from 'preact';
import { useAction } from '../api/use-action';

/** Ends the session. */
export function SignOutButton({ signOut }: { signOut(): Promise<void> }): JSX.Element {
  const { run, isBusy, error } = useAction(signOut);
  return (
    <>
      <button type="button" disabled={isBusy} onClick={run}>
        Sign out
      </button>
      {error && <span role="alert">{error.message}</span>}
    </>
  );
}
