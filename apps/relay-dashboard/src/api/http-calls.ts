import { isRecord } from '@segment-userleap/validation';
import { CallError } from './call-error';

/** The one place that calls the relay: the CSRF token, and what an answer means. Cookies go along by themselves. */
export class HttpCalls {
  /** Goes with every call that changes something. */
  csrfToken: string | undefined;

  /** `onSignedOut` hears of every call that the relay refuses for want of a session. */
  constructor(private readonly onSignedOut: () => void) {}

  /** In place of the browser's. Rejects with `CallError` where the call did not succeed. */
  readonly fetch = async (request: Request): Promise<Response> => {
    if (this.csrfToken !== undefined && request.method !== 'GET') request.headers.set('X-CSRF-Token', this.csrfToken);
    const response = await fetch(request).catch(() => {
      throw new CallError(null, 'The relay does not answer.');
    });
    if (response.ok) return response;
    if (response.status === 401) this.onSignedOut();
    throw new CallError(response.status, await readMessage(response));
  };
}

async function readMessage(response: Response): Promise<string> {
  const body: unknown = await response.json().catch(() => undefined);
  return isRecord(body) && typeof body.message === 'string' ? body.message : `The relay answered ${response.status}.`;
}
