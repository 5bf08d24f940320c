import { ADMIN_TOKEN } from '@segment-userleap/relay-driver';
import { call } from './doors/call';
import type { Answer } from './doors/call';
import type { RelayProcess, Session } from '@segment-userleap/relay-driver';

type Headers = Readonly<Record<string, string>>;

/** A browser that has signed in to a relay's admin API. */
export class AdminSession {
  private constructor(
    /** As a browser sends it back. */
    readonly cookie: string,
    readonly csrfToken: string,
    /** The whole header that set it. */
    readonly setCookie: string,
  ) {}

  static async open(relay: Pick<RelayProcess, 'url'>, headers: Headers = {}): Promise<AdminSession> {
    const answer = await signIn(relay, { token: ADMIN_TOKEN }, headers);
    if (answer.status !== 200) throw new Error(`signing in was answered with ${answer.status}`);
    return AdminSession.of(answer);
  }

  static of({ headers, body }: Answer): AdminSession {
    const setCookie = headers.get('set-cookie') ?? '';
    const [cookie = ''] = setCookie.split(';');
    return new AdminSession(cookie, (body as Extract<Session, { signedIn: true }>).csrfToken, setCookie);
  }

  /** What a page of the relay's own sends along. */
  get headers(): Headers {
    return { cookie: this.cookie, 'x-csrf-token': this.csrfToken };
  }
}

/** `body` is `{token}` or `{code}`, or what a test has in their place. */
export function signIn(relay: Pick<RelayProcess, 'url'>, body: unknown, headers: Headers = {}): Promise<Answer> {
  return call(relay, '/api/session', { body, headers });
}
