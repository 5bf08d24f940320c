import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Session as SessionAnswer } from '../api/admin-api';
import { CallError } from '../api/call-error';
import { HttpCalls } from '../api/http-calls';
import { RelayApi } from '../api/relay-api';

const RETRY_MS = 3_000;
const ENDED = 'Your session has ended. Sign in again.';

export type SessionState =
  | { readonly kind: 'checking' }
  | { readonly kind: 'unreachable'; readonly error: CallError }
  /** The relay has no admin token. */
  | { readonly kind: 'off' }
  | { readonly kind: 'signed-out'; readonly notice?: string }
  | { readonly kind: 'signed-in' };

export interface Session {
  readonly state: SessionState;
  readonly api: RelayApi;
  /** Rejects with `CallError`. */
  signIn(token: string): Promise<void>;
  signOut(): Promise<void>;
  /** Asks the relay whether the session still lasts. */
  check(): void;
}

/** Whether the reader may see what the relay holds. `code`: of a sign-in link, to be tried first. */
export function useSession(code: string | undefined): Session {
  const [state, setState] = useState<SessionState>({ kind: 'checking' });
  const { http, api } = useMemo(() => {
    const calls = new HttpCalls(() => setState(afterRefusal));
    return { http: calls, api: new RelayApi(calls) };
  }, []);

  const enter = (session: SessionAnswer, notice?: string): void => {
    http.csrfToken = session.signedIn ? session.csrfToken : undefined;
    setState(
      session.signedIn ? { kind: 'signed-in' } : { kind: 'signed-out', ...(notice === undefined ? {} : { notice }) },
    );
  };
  const check = async (notice?: string): Promise<void> => {
    try {
      enter(await api.session(), notice);
    } catch (error) {
      if (!(error instanceof CallError)) throw error;
      // A session that stands is not given up for an answer that did not come.
      setState((before) => (before.kind === 'signed-in' ? before : afterFailure(error)));
    }
  };
  const begin = async (): Promise<void> => {
    if (code === undefined) return check();
    try {
      enter(await api.signIn({ code }));
    } catch (error) {
      if (!(error instanceof CallError)) throw error;
      await check('This sign-in link has been used, or is too old. Sign in with the token.');
    }
  };

  useEffect(() => void begin(), []);
  const isUnreachable = state.kind === 'unreachable';
  useEffect(() => {
    if (!isUnreachable) return undefined;
    const timer = setInterval(() => void check(), RETRY_MS);
    return () => clearInterval(timer);
  }, [isUnreachable]);

  return {
    state,
    api,
    signIn: async (token) => enter(await api.signIn({ token })),
    signOut: async () => {
      await api.signOut();
      enter({ signedIn: false });
    },
    check: () => void check(ENDED),
  };
}

function afterRefusal(before: SessionState): SessionState {
  return before.kind === 'signed-in' ? { kind: 'signed-out', notice: ENDED } : before;
}

function afterFailure(error: CallError): SessionState {
  // A proxy's own 404 says nothing of the relay.
  const isOff = error.status === 404 && error.message.includes('RELAY_ADMIN_TOKEN');
  return isOff ? { kind: 'off' } : { kind: 'unreachable', error };
}
