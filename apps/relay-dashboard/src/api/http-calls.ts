import { isRecord } from '@segment-userleap/validation';
import { CallError } from './call-error';

export type Query = Readonly<Record<string, string | number | undefined>>;

/** The one place that calls the relay: cookies, the CSRF token, and what an answer means. */
export class HttpCalls {
  /** Goes with every call that changes something. */
  csrfToken: string | undefined;

  /** `onSignedOut` hears of every call that the relay refuses for want of a session. */
  constructor(private readonly onSignedOut: () => void) {}

  async get<Answer>(path: string, query: Query = {}): Promise<Answer> {
    const parameters = Object.entries(query).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, String(value)]],
    );
    const text = new URLSearchParams(parameters).toString();
    return (await this.#answer(text === '' ? path : `${path}?${text}`, {}).then(readJson)) as Answer;
  }

  async getText(path: string): Promise<string> {
    return (await this.#answer(path, {})).text();
  }

  async send<Answer>(method: 'POST' | 'DELETE', path: string, body?: unknown): Promise<Answer> {
    const headers = this.csrfToken === undefined ? {} : { 'X-CSRF-Token': this.csrfToken };
    const content =
      body === undefined
        ? { headers }
        : { headers: { ...headers, 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
    return (await this.#answer(path, { method, ...content }).then(readJson)) as Answer;
  }

  async #answer(path: string, options: RequestInit): Promise<Response> {
    const response = await fetch(path, { ...options, credentials: 'same-origin' }).catch(() => {
      throw new CallError(null, 'The relay does not answer.');
    });
    if (response.ok) return response;
    if (response.status === 401) this.onSignedOut();
    throw new CallError(response.status, await readMessage(response));
  }
}

async function readJson(response: Response): Promise<unknown> {
  const text = await response.text();
  if (text === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new CallError(response.status, 'The answer is no JSON: is there something between this page and the relay?');
  }
}

async function readMessage(response: Response): Promise<string> {
  const body: unknown = await response.json().catch(() => undefined);
  return isRecord(body) && typeof body.message === 'string' ? body.message : `The relay answered ${response.status}.`;
}
