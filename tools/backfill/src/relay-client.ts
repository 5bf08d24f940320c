import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';

/** The relay that is handed the history. */
export interface RelayAddress {
  readonly url: string;
  readonly writeKey: string;
}

/** What a call came to. */
export type CallResult =
  | { readonly kind: 'taken' }
  /** Not now. `delayMs`: as the relay asked for. */
  | { readonly kind: 'later'; readonly why: string; readonly delayMs: number | undefined; readonly isBusy: boolean }
  /** Not in this form. */
  | { readonly kind: 'refused'; readonly why: string; readonly isTooLarge: boolean }
  /** Never, whatever is sent. */
  | { readonly kind: 'hopeless'; readonly why: string };

const TIMEOUT_MS = 60_000;
const MOST_DELAY_MS = 5 * 60_000;
// An error's sentence is shorter; of somebody else's page no more is needed.
const MOST_ANSWER_BYTES = 64 * 1024;

interface Answer {
  readonly status: number;
  readonly retryAfter: string | undefined;
  readonly text: string;
}

/** Calls to one relay, over connections that are kept. */
export class RelayClient {
  readonly #url: URL;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #agent: HttpAgent;

  constructor({ url, writeKey }: RelayAddress) {
    this.#url = new URL(`${url}/v1/batch`);
    this.#agent = new (this.#url.protocol === 'https:' ? HttpsAgent : HttpAgent)({ keepAlive: true });
    this.#headers = {
      authorization: `Basic ${Buffer.from(`${writeKey}:`).toString('base64')}`,
      'content-type': 'application/json',
      'x-relay-priority': 'backfill',
    };
  }

  /** One batch, as traffic that waits behind what happens now. Redirects are not followed: the key must not reach another host. */
  async send(body: string): Promise<CallResult> {
    try {
      return resultOf(await this.#post(Buffer.from(body)));
    } catch (error) {
      return { kind: 'later', why: whyOf(error), delayMs: undefined, isBusy: false };
    }
  }

  close(): void {
    this.#agent.destroy();
  }

  #post(body: Buffer): Promise<Answer> {
    const request = this.#url.protocol === 'https:' ? httpsRequest : httpRequest;
    return new Promise((resolve, reject) => {
      const call = request(this.#url, {
        method: 'POST',
        agent: this.#agent,
        headers: { ...this.#headers, 'content-length': body.length },
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      call.once('error', reject);
      call.once('response', (response) => void readAnswer(response).then(resolve, reject));
      call.end(body);
    });
  }
}

async function readAnswer(response: IncomingMessage): Promise<Answer> {
  let text = '';
  for await (const chunk of response.setEncoding('utf8')) if (text.length < MOST_ANSWER_BYTES) text += chunk as string;
  return { status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'], text };
}

function resultOf({ status, retryAfter, text }: Answer): CallResult {
  const message = messageOf(text);
  const why = `${status}${message === '' ? '' : `: ${message}`}`;
  if (status >= 200 && status < 300) return { kind: 'taken' };
  if (status === 503 || status === 429) return { kind: 'later', why, delayMs: readDelay(retryAfter), isBusy: true };
  if (status === 400 || status === 413) return { kind: 'refused', why, isTooLarge: status === 413 };
  if (status >= 500 || status === 408 || status === 425)
    return { kind: 'later', why, delayMs: undefined, isBusy: false };
  return { kind: 'hopeless', why };
}

function readDelay(text: string | undefined): number | undefined {
  const seconds = text === undefined || !/^\d+$/.test(text.trim()) ? undefined : Number(text);
  return seconds === undefined ? undefined : Math.min(seconds * 1000, MOST_DELAY_MS);
}

/** The relay's own sentence, which holds nothing of what was sent. Somebody else's page is left alone. */
function messageOf(text: string): string {
  try {
    const { message } = JSON.parse(text) as { message?: unknown };
    return typeof message === 'string' ? message.slice(0, 300) : '';
  } catch {
    return '';
  }
}

function whyOf(error: unknown): string {
  const { name, code } = error as { name?: string; code?: unknown };
  if (name === 'TimeoutError' || code === 'ABORT_ERR') return `no answer in ${TIMEOUT_MS / 1000} s`;
  return typeof code === 'string' ? `no connection (${code})` : 'no connection';
}
