import type { JSX } from 'preact';
import { ApiContext } from './api/api-context';
import { CallProblem } from './parts/call-problem';
import { NoTokenPage } from './session/no-token-page';
import { SignInPage } from './session/sign-in-page';
import { useSession } from './session/use-session';
import { Shell } from './shell/shell';

/** The dashboard. `code`: of a sign-in link. */
export function App({ code }: { readonly code: string | undefined }): JSX.Element {
  const { state, api, signIn, signOut, check } = useSession(code);
  switch (state.kind) {
    case 'checking':
      return (
        <main class="narrow">
          <p role="status">Loading…</p>
        </main>
      );
    case 'unreachable':
      return (
        <main class="narrow">
          <h1>UserLeap relay</h1>
          <CallProblem error={state.error} />
          <p>This page tries again by itself.</p>
        </main>
      );
    case 'off':
      return <NoTokenPage />;
    case 'signed-out':
      return <SignInPage notice={state.notice} signIn={signIn} />;
    case 'signed-in':
      return (
        <ApiContext.Provider value={api}>
          <Shell signOut={signOut} onRefused={check} />
        </ApiContext.Provider>
      );
  }
}
