import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';

type Answer = (socket: Socket) => void;

/**
 * A port in front of a sandbox. While it is shut, whoever speaks to it gets what no HTTP server would answer; once it is
 * open, connections pass through.
 */
export class Gate {
  readonly #sockets = new Set<Socket>();
  #received = '';
  #isOpen = false;

  private constructor(
    private readonly server: Server,
    private readonly target: number,
    private readonly answer: Answer,
  ) {}

  static async before(sandbox: { readonly port: number }, answer: Answer): Promise<Gate> {
    const server = createServer();
    const gate = new Gate(server, sandbox.port, answer);
    server.on('connection', (socket) => gate.#take(socket));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return gate;
  }

  /** Without scheme. */
  get address(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Everything that was said to it while it was shut, byte by byte. */
  get received(): string {
    return this.#received;
  }

  open(): void {
    this.#isOpen = true;
  }

  async close(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  #take(socket: Socket): void {
    this.#keep(socket);
    if (this.#isOpen) {
      const target = this.#keep(connect(this.target, '127.0.0.1'));
      socket.pipe(target).pipe(socket);
      return;
    }
    socket.on('data', (chunk: Buffer) => (this.#received += chunk.toString('latin1')));
    socket.once('data', () => this.answer(socket));
  }

  #keep(socket: Socket): Socket {
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
    socket.on('error', () => undefined);
    return socket;
  }
}
