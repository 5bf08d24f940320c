import type { HttpAnswer } from './http-answer';
import { ClosedWhenUsedAgain, connectThrough, HttpConnection } from './http-connection';
import type { HttpRequest } from './http-connection';

/** The connections to all servers: as many as there are requests at a time. Each is used again, the last one first. */
export class HttpConnections {
  readonly #free = new Map<string, HttpConnection[]>();
  readonly #through: ReturnType<typeof connectThrough> | undefined;

  /** `proxy`: what is encrypted goes through it. */
  constructor(proxy?: URL) {
    this.#through = proxy && connectThrough(proxy);
  }

  /** Rejects where there is no answer; then the key must not get into a log with the error. */
  async send(origin: string, request: HttpRequest): Promise<HttpAnswer> {
    const free = this.#freeOf(origin);
    const connection = free.pop() ?? this.#open(origin);
    try {
      return await connection.send(request);
    } catch (error) {
      if (!(error instanceof ClosedWhenUsedAgain)) throw error;
      return await this.#open(origin).send(request, { isLast: true });
    } finally {
      free.push(connection);
    }
  }

  #open(origin: string): HttpConnection {
    return new HttpConnection(origin, undefined, origin.startsWith('https:') ? this.#through : undefined);
  }

  #freeOf(origin: string): HttpConnection[] {
    const free = this.#free.get(origin);
    if (free) return free;
    const none: HttpConnection[] = [];
    this.#free.set(origin, none);
    return none;
  }
}
