import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';

const REQUEST_STARTS = 'http.client.request.start';

/** What an SDK in this process says of a request that it makes. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly contentType: unknown;
  readonly contentEncoding: unknown;
}

/** Sees the requests that are made through `node:http` in this process to one server; the SDK that makes them does not notice. */
export class HttpClientLog {
  readonly requests: SeenRequest[] = [];
  readonly #see = (message: unknown): void => {
    const { request } = message as { request: ClientRequest };
    if (request.getHeader('host') !== this.host) return;
    this.requests.push({
      method: request.method,
      path: request.path,
      contentType: request.getHeader('content-type'),
      contentEncoding: request.getHeader('content-encoding'),
    });
  };

  private constructor(private readonly host: string) {}

  static of(url: string): HttpClientLog {
    const log = new HttpClientLog(new URL(url).host);
    subscribe(REQUEST_STARTS, log.#see);
    return log;
  }

  close(): void {
    unsubscribe(REQUEST_STARTS, this.#see);
  }
}
