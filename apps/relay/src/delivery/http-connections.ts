import type { HttpAnswer } from './http-answer';
import { ClosedWhenUsedAgain, HttpConnection } from './http-connection';
import type { HttpRequest } from './http-connection';

/** The connections to all servers: as many as there are requests at a time. Each is used again, the last one first. */
export class HttpConnections {
  readonly #free = new Map<string, HttpConnection[]>();

  /** Rejects where there is no answer; then the key must not get into a log with the error. */
  async send(origin: string, request: HttpRequest): Promise<HttpAnswer> {
    const free = this.#freeOf(origin);
    const connection = free.pop() ?? new HttpConnection(origin);
    try {
      return await connection.send(request);
    } catch (error) {
      if (!(error instanceof ClosedWhenUsedAgain)) throw error;
      return await new HttpConnection(origin).send(request, { isLast: true });
    } finally {
      free.push(connection);
    }
  }

  #freeOf(origin: string): HttpConnection[] {
    const free = this.#free.get(origin);
    if (free) return free;
    const none: HttpConnection[] = [];
    this.#free.set(origin, none);
    return none;
  }
}
