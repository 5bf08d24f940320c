import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { ClosedWhenUsedAgain, HttpConnection } from './http-connection';
import { RequestTimeout } from './request-timeout';

const MEGABYTE = 1024 * 1024;
const LONG = 60_000;
const TIMES = { connect: LONG, silence: LONG, whole: LONG, idle: LONG };

describe(HttpConnection.name, () => {
  const servers: Server[] = [];
  const sockets = new Set<Socket>();
  afterEach(async () => {
    for (const socket of sockets) socket.destroy();
    sockets.clear();
    await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
  });

  async function listen(server: Server): Promise<string> {
    servers.push(server);
    server.on('connection', (socket: Socket) => sockets.add(socket));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  async function connectTo(answer: RequestListener, times: Partial<typeof TIMES> = {}): Promise<HttpConnection> {
    return new HttpConnection(`http://${await listen(createServer(answer))}`, { ...TIMES, ...times });
  }

  const REQUEST = { method: 'POST', path: '/', headers: {}, body: '{}' } as const;
  const yes: RequestListener = (_, response) => void response.end('yes');

  it('gives up a server that never completes the handshake', async () => {
    const host = await listen(createTcpServer());
    const connection = new HttpConnection(`https://${host}`, { ...TIMES, connect: 50 });
    await expect(connection.send(REQUEST)).rejects.toBeInstanceOf(RequestTimeout);
  });

  it('passes on that a connection is refused, at once', async () => {
    const host = await listen(createTcpServer());
    await new Promise((resolve) => servers.splice(0)[0]?.close(resolve));
    await expect(new HttpConnection(`https://${host}`, TIMES).send(REQUEST)).rejects.toMatchObject({
      code: 'ECONNREFUSED',
    });
  });

  it('lets an answer come later than a connection may', async () => {
    const connection = await connectTo((_, response) => void setTimeout(() => response.end('late'), 150), {
      connect: 50,
    });
    expect(await connection.send(REQUEST)).toMatchObject({ status: 200, body: 'late' });
  });

  it.each(['silence', 'whole'])('gives up an answer that does not begin in time (%s)', async (which) => {
    const connection = await connectTo(() => undefined, { [which]: 50 });
    await expect(connection.send(REQUEST)).rejects.toBeInstanceOf(RequestTimeout);
    await expect(connection.send(REQUEST)).rejects.toBeInstanceOf(RequestTimeout);
  });

  it.each(['silence', 'whole'])('cuts an answer that does not end in time (%s), and lets go of it', async (which) => {
    let hasEnded: Promise<unknown> = Promise.resolve();
    const connection = await connectTo(
      (_, response) => {
        hasEnded = new Promise((resolve) => response.once('close', resolve));
        response.writeHead(202).write('half');
      },
      { [which]: 100 },
    );
    expect(await connection.send(REQUEST)).toMatchObject({ status: 202, body: 'half' });
    await hasEnded;
  });

  it('cuts an answer that breaks off', async () => {
    const connection = await connectTo((_, response) => {
      response.writeHead(202, { 'content-length': 100 });
      response.write('half', () => response.destroy());
    });
    expect(await connection.send(REQUEST)).toMatchObject({ status: 202, body: 'half' });
  });

  it('cuts what is too large, and lets go of it', async () => {
    let hasEnded: Promise<unknown> = Promise.resolve();
    const connection = await connectTo((_, response) => {
      hasEnded = new Promise((resolve) => response.once('close', resolve));
      const more = (): boolean | undefined => !response.destroyed && response.write('x'.repeat(100_000), more);
      more();
    });
    const { body } = await connection.send(REQUEST);
    expect(body.length).toBeGreaterThan(MEGABYTE);
    expect(body.length).toBeLessThan(2 * MEGABYTE);
    await hasEnded;
    servers.splice(0)[0]?.close();
  });

  it('reads a megabyte whole, though its letters are cut in pieces', async () => {
    const text = 'Zoë'.repeat(MEGABYTE / 4);
    const connection = await connectTo((_, response) => {
      const bytes = Buffer.from(text);
      response.write(bytes.subarray(0, 3));
      setImmediate(() => response.end(bytes.subarray(3)));
    });
    expect((await connection.send(REQUEST)).body).toBe(text);
  });

  it('tells the answer, not what is said before it', async () => {
    const connection = await connectTo((_, response) => {
      response.writeEarlyHints({ link: '</a>; rel=preload' });
      response.writeHead(429, { 'Retry-After': '7' }).end();
    });
    expect(await connection.send(REQUEST)).toMatchObject({ status: 429, headers: { 'retry-after': '7' }, body: '' });
  });

  it('takes what is said before the answer for none', async () => {
    const connection = await connectTo((_, response) => {
      response.writeEarlyHints({ link: '</a>; rel=preload' }, () => response.destroy());
    });
    await expect(connection.send(REQUEST)).rejects.toThrow();
  });

  it('follows nothing', async () => {
    const connection = await connectTo((_, response) => void response.writeHead(307, { location: '/there' }).end());
    expect(await connection.send(REQUEST)).toMatchObject({ status: 307 });
  });

  it('is used again', async () => {
    const connection = await connectTo(yes);
    for (let count = 0; count < 3; count++) expect(await connection.send(REQUEST)).toMatchObject({ body: 'yes' });
    expect(sockets.size).toBe(1);
  });

  it('is closed when it was idle for a while, and made again', async () => {
    const connection = await connectTo(yes, { idle: 20 });
    await connection.send(REQUEST);
    const [socket] = sockets;
    await new Promise((resolve) => socket?.once('close', resolve));
    expect(await connection.send(REQUEST)).toMatchObject({ body: 'yes' });
    expect(sockets.size).toBe(2);
  });

  it('is not closed while it is used again', async () => {
    let count = 0;
    const connection = await connectTo(
      (_, response) => void setTimeout(() => response.end('yes'), (count += 1) > 1 ? 150 : 0),
      { idle: 50 },
    );
    await connection.send(REQUEST);
    expect(await connection.send(REQUEST)).toMatchObject({ body: 'yes' });
    expect(sockets.size).toBe(1);
  });

  it.each(['destroy', 'resetAndDestroy'] as const)(
    'tells that it was closed as it was used again, but not that a new one was (%s)',
    async (close) => {
      let count = 0;
      const connection = await connectTo((request, response) => {
        count += 1;
        if (count === 1) response.end('yes');
        else request.socket[close]();
      });
      await connection.send(REQUEST);
      await expect(connection.send(REQUEST)).rejects.toBeInstanceOf(ClosedWhenUsedAgain);
      await expect(connection.send(REQUEST)).rejects.not.toBeInstanceOf(ClosedWhenUsedAgain);
    },
  );
});
