import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a client meets in place of the relay; `forMs`: from its first call on, then the relay is there. */
export interface Trouble {
  readonly name: string;
  /** In place of an answer the connection is broken. */
  readonly status: number | 'broken';
  readonly forMs: number;
}

/** Stands before a relay and answers calls with events in its place, as long as there is trouble. */
export class Gateway {
  /** Calls with events that did not come through. */
  tries = 0;
  #since: number | undefined;

  private constructor(
    private readonly server: Server,
    private readonly relay: string,
    private readonly trouble: Trouble,
  ) {
    server.on('request', (call: IncomingMessage, answer: ServerResponse) => this.#take(call, answer));
  }

  static async start(relay: string, trouble: Trouble): Promise<Gateway> {
    const gateway = new Gateway(createServer(), relay, trouble);
    gateway.server.listen(0, '127.0.0.1');
    await once(gateway.server, 'listening');
    return gateway;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  #take(call: IncomingMessage, answer: ServerResponse): void {
    const isOfEvents = call.method === 'POST';
    if (isOfEvents) this.#since ??= performance.now();
    if (isOfEvents && performance.now() - (this.#since ?? 0) < this.trouble.forMs) this.#refuse(call, answer);
    else this.#handOn(call, answer);
  }

  /** As the relay itself refuses. */
  #refuse(call: IncomingMessage, answer: ServerResponse): void {
    this.tries += 1;
    const { status } = this.trouble;
    if (status === 'broken') return void call.socket.destroy();
    call.resume().on('end', () => {
      const isForLater = status === 429 || status === 503;
      const [message, code] = ['refused by a test', 'of_a_test'];
      answer
        .writeHead(status, {
          'content-type': 'application/json',
          'access-control-allow-origin': '*',
          'access-control-expose-headers': 'Retry-After, X-Request-Id',
          ...(isForLater ? { 'retry-after': '5' } : {}),
        })
        .end(JSON.stringify({ code, message, error: message }));
    });
  }

  #handOn(call: IncomingMessage, answer: ServerResponse): void {
    const { method, url, headers } = call;
    const onward = request(`${this.relay}${url}`, { method, headers }, (came) => {
      answer.writeHead(came.statusCode ?? 502, came.headers);
      came.pipe(answer);
    });
    onward.on('error', () => call.socket.destroy());
    call.pipe(onward);
  }
}
