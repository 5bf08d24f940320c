import { isRecord } from '@segment-userleap/validation';
import { buildConnector, Client } from 'undici';
import { AnswerHandler } from './http-answer';
import type { HttpAnswer } from './http-answer';
import { proxyConnector } from './proxy-connector';
import { RequestTimeout } from './request-timeout';

/** How long it may take, in milliseconds. */
export interface HttpTimes {
  /** To connect, the handshake of TLS included. */
  readonly connect: number;
  /** Until the answer begins, and between two parts of it. */
  readonly silence: number;
  /** The whole request, its answer included. */
  readonly whole: number;
  /** For how long a connection is kept open for the next request. */
  readonly idle: number;
}

// Node's servers close what was idle for five seconds, others later: a request must not meet that half-way.
const TIMES: HttpTimes = { connect: 5_000, silence: 10_000, whole: 15_000, idle: 4_000 };

export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/** The connection had answered before, and was closed just as it was used again: nobody has read the request. */
export class ClosedWhenUsedAgain extends Error {
  override readonly name = 'ClosedWhenUsedAgain';
}

const TIMEOUTS: readonly unknown[] = ['UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT', 'ETIMEDOUT'];
// The server's word for a connection that it has closed, before it answered or while it was written to.
const CLOSED: readonly unknown[] = ['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE'];

// Shared, so that a TLS session goes on with the next connection.
const connectInTime = buildConnector({ timeout: TIMES.connect });

/** Connects through a proxy. */
export function connectThrough(proxy: URL): buildConnector.connector {
  return proxyConnector(proxy, TIMES.connect);
}

/** A connection to one server, for one request at a time. It is made when it is used, and again where it was closed. */
export class HttpConnection {
  readonly #client: Client;
  /** It has answered since it was made. */
  #hasAnswered = false;

  constructor(
    origin: string,
    private readonly times = TIMES,
    through?: buildConnector.connector,
  ) {
    const { connect, silence, idle } = times;
    this.#client = new Client(origin, {
      connect: through ?? (connect === TIMES.connect ? connectInTime : buildConnector({ timeout: connect })),
      headersTimeout: silence,
      bodyTimeout: silence,
      keepAliveTimeout: idle,
      keepAliveMaxTimeout: idle,
    });
    this.#client.on('connect', () => (this.#hasAnswered = false));
  }

  /** Every status is an answer, and nothing is followed or decoded. `isLast`: the connection is not kept for another. */
  async send(request: HttpRequest, { isLast = false } = {}): Promise<HttpAnswer> {
    let isUsedAgain = false;
    const handler = new AnswerHandler(() => (isUsedAgain = this.#hasAnswered));
    const timer = setTimeout(() => handler.giveUp(new RequestTimeout('no answer in time')), this.times.whole);
    try {
      this.#client.dispatch({ ...request, body: request.body ?? null, reset: isLast }, handler);
      const answer = await handler.answer;
      this.#hasAnswered = true;
      return answer;
    } catch (error) {
      if (TIMEOUTS.includes(codeOf(error))) throw new RequestTimeout('no answer in time');
      if (isUsedAgain && CLOSED.includes(codeOf(error))) throw new ClosedWhenUsedAgain('closed');
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }
}

function codeOf(error: unknown): unknown {
  return isRecord(error) ? error.code : undefined;
}
