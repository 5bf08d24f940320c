import { request } from 'node:http';
import type { ClientRequest } from 'node:http';

const CHUNK = Buffer.alloc(64 * 1_024, ' ');

/** A client whose body goes on for as long as the other side takes it. */
export class EndlessSender {
  readonly #request: ClientRequest;
  #isClosed = false;

  constructor(relayUrl: string, path: string, headers: Readonly<Record<string, string>>) {
    this.#request = request(new URL(path, relayUrl), { method: 'POST', headers });
    this.#request.on('response', (response) => response.resume());
    this.#request.on('error', () => undefined);
    this.#request.on('drain', () => this.#send());
    this.#request.once('close', () => (this.#isClosed = true));
    this.#send();
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  get bytesSent(): number {
    return this.#request.socket?.bytesWritten ?? 0;
  }

  #send(): void {
    while (!this.#isClosed && this.#request.write(CHUNK));
  }
}
