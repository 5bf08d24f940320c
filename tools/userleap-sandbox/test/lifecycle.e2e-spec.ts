import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { startSandbox, type SandboxOptions } from '../src/index';
import { eventually } from './eventually';
import { rawExchange, rawUpsert } from './raw-exchange';
import { closeSandboxes, openSandbox } from './sandboxes';
import { send, vendorClient } from './vendor-client';

describe(startSandbox.name, () => {
  afterEach(closeSandboxes);

  it.each<[SandboxOptions, string]>([
    [{ host: '0.0.0.0' }, 'host'],
    [{ host: 'example.com' }, 'host'],
    [{ port: 65_536 }, 'port'],
    [{ applyDelayMs: -1 }, 'applyDelayMs'],
    [{ rateLimit: { requests: 0, windowMs: 1 } }, 'rateLimit.requests'],
    [{ rateLimit: { requests: 1, windowMs: 0 } }, 'rateLimit.windowMs'],
    [{ maxRecordedRequests: 0 }, 'maxRecordedRequests'],
  ])('rejects %j', async (options, name) => {
    await expect(startSandbox(options)).rejects.toThrow(`${name}: `);
  });

  it('rejects when the port is taken', async () => {
    const { port } = await openSandbox();
    await expect(startSandbox({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  it('takes the documented defaults', async () => {
    const sandbox = await startSandbox();
    expect(sandbox.url).toBe(`http://127.0.0.1:${sandbox.port}`);
    await sandbox.close();
  });

  it('closes although connections are open that never said or finished anything', async () => {
    const sandbox = await startSandbox();
    const sockets: Socket[] = [];
    for (const bytes of ['', 'POST /v2/users HTTP/1.1\r\ncontent-length: 10\r\n\r\nhalf']) {
      const socket = connect(sandbox.port, '127.0.0.1');
      await once(socket, 'connect');
      socket.on('error', () => undefined).write(bytes);
      sockets.push(socket);
    }
    const allGone = Promise.all(sockets.map((socket) => new Promise((resolve) => socket.on('close', resolve))));
    await sandbox.close();
    await allGone;
    await expect(send(sandbox.url, 'GET', '/')).rejects.toThrow();
  });

  it('applies nothing more once it is closed', async () => {
    const closed = await startSandbox({ applyDelayMs: 20 });
    await vendorClient(closed).upsert({ userId: 'u' });
    await closed.close();
    const later = await openSandbox({ applyDelayMs: 20 });
    await vendorClient(later).upsert({ userId: 'u' });
    await eventually(() => later.users()[0]);
    expect(closed.users()).toEqual([]);
  });

  it('may be closed twice, and can be read afterwards', async () => {
    const sandbox = await startSandbox({ applyDelayMs: 0 });
    await vendorClient(sandbox).upsert({ userId: 'u' });
    await sandbox.close();
    await sandbox.close();
    expect(sandbox.requests()).toHaveLength(1);
    expect(sandbox.users()).toHaveLength(1);
  });
});

describe('hostile input', () => {
  afterEach(closeSandboxes);

  it.each([
    ['no HTTP at all', '\x00\x01garbage\r\n\r\n'],
    ['two lengths', 'POST /v2/users HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nxx'],
    ['a head without end', `GET / HTTP/1.1\r\nx: ${'x'.repeat(100_000)}`],
    ['a strange target', 'GET //[::?%%% HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n'],
    ['a whole address as target', 'GET http://x/v2/users HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n'],
    ['a tunnel', 'CONNECT example.com:443 HTTP/1.1\r\nhost: example.com\r\n\r\n'],
    ['a path like a method of objects', 'GET /__sandbox/__proto__ HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n'],
  ])('such as %s leaves the sandbox running', async (_what, bytes) => {
    const sandbox = await openSandbox();
    expect((await rawExchange(sandbox.port, bytes)).received).not.toMatch(/^HTTP\/1\.1 [25]/);
    expect((await vendorClient(sandbox).upsert({ userId: 'u' })).status).toBe(202);
  });

  it('such as a request that breaks off is not recorded', async () => {
    const sandbox = await openSandbox();
    const socket = connect(sandbox.port, '127.0.0.1');
    socket.end(rawUpsert('u').slice(0, -3));
    await once(socket.resume(), 'close');
    expect((await vendorClient(sandbox).get('u')).status).toBe(404);
    expect(sandbox.requests()).toHaveLength(1);
  });

  it('such as absurdly deep JSON can still be shown', async () => {
    const { url } = await openSandbox();
    const deep = '['.repeat(400_000) + ']'.repeat(400_000);
    expect((await send(url, 'POST', '/v2/users', { authorization: 'API-Key k' }, deep)).status).toBe(400);
    expect((await send(url, 'POST', '/__sandbox/faults', {}, deep)).status).toBe(400);
    expect((await send(url, 'GET', '/__sandbox/requests')).body).toMatchObject({ requests: [{ body: null }] });
  });

  it('such as pipelined requests is answered in order', async () => {
    const sandbox = await openSandbox();
    const { received } = await rawExchange(
      sandbox.port,
      `${rawUpsert('u')}GET /nowhere HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`,
    );
    expect(received).toMatch(/^HTTP\/1\.1 202.*HTTP\/1\.1 404/s);
  });

  it('such as a client that leaves before a delayed answer changes nothing', async () => {
    const sandbox = await openSandbox();
    sandbox.addFault({ delayMs: 20 });
    const leaving = new AbortController();
    const left = fetch(`${sandbox.url}/v2/users/u`, { signal: leaving.signal }).catch(() => 'left');
    await eventually(() => sandbox.requests()[0]);
    leaving.abort();
    expect(await left).toBe('left');
    sandbox.addFault({ delayMs: 20 });
    await vendorClient(sandbox).get('u');
    expect(sandbox.requests()).toMatchObject([{ status: 0 }, { status: 404 }]);
  });
});
