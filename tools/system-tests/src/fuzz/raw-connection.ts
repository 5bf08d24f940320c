import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { parseAnswer } from './parse-answer';
import type { Answer } from './parse-answer';

// The relay gives a request thirty seconds; Node.js waits for them where trailers overflow after an upgrade.
const PATIENCE_MS = 40_000;

/** A connection that is written to byte by byte, and whose answers are read as they stand. */
export class RawConnection {
  #received = Buffer.alloc(0);
  #isEnded = false;
  #onChange: () => void = () => undefined;

  private constructor(private readonly socket: Socket) {
    socket.on('data', (chunk: Buffer) => {
      this.#received = Buffer.concat([this.#received, chunk]);
      this.#onChange();
    });
    const end = (): void => {
      this.#isEnded = true;
      this.#onChange();
    };
    // A relay that refuses a body need not read it: then the connection is reset.
    socket.on('error', end);
    socket.once('end', end);
    socket.once('close', end);
  }

  /** Rejects where nobody listens. */
  static async open(port: number): Promise<RawConnection> {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true, allowHalfOpen: true });
    await once(socket, 'connect');
    return new RawConnection(socket);
  }

  /** Whether the other side has closed it. */
  get isEnded(): boolean {
    return this.#isEnded;
  }

  write(bytes: Buffer): void {
    this.socket.write(bytes);
  }

  /** Nothing more will be written; answers still come. */
  endWriting(): void {
    this.socket.end();
  }

  /** The next answer; undefined when the connection ends without one. Rejects after forty seconds, and on what is no answer. */
  async nextAnswer(isHead = false): Promise<Answer | undefined> {
    const end = performance.now() + PATIENCE_MS;
    for (;;) {
      const parsed = parseAnswer(this.#received, { isHead, isEnded: this.#isEnded });
      if (parsed) {
        this.#received = Buffer.from(parsed.rest);
        return parsed.answer;
      }
      if (this.#isEnded) return undefined;
      await this.#change(end - performance.now());
    }
  }

  /** Also where something was written that has not been sent yet. */
  close(): void {
    this.socket.destroy();
  }

  #change(patienceMs: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('found no answer in forty seconds')), Math.max(0, patienceMs));
      this.#onChange = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
