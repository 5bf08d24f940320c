import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';

const MAIN = join(__dirname, '../dist/main.js');
const PATIENCE_MS = 120_000;

describe('npm start without a key', () => {
  let child: ChildProcess;
  let output = '';

  beforeAll(async () => {
    const { PATH } = process.env;
    child = spawn(process.execPath, [MAIN], { env: { PATH, PORT: String(await freePort()) } });
    child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
    child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
    await until(() => output.includes('/api/events'));
  }, PATIENCE_MS);

  it('prints a curl line that brings a user to the sandbox when it is pasted', async () => {
    expect(await paste('/v1/identify')).toContain('"success":true');
    await until(async () => (await paste('/__sandbox/users')).includes('userId123'));
    expect(JSON.parse(await paste('/__sandbox/users'))).toMatchObject({
      users: [{ externalUserId: 'userId123', attributes: { firstName: 'Laura', lastName: 'Gibbon' } }],
    });
    expect(JSON.parse(await paste('/api/events'))).toMatchObject({
      events: [{ type: 'identify', state: 'delivered' }],
    });
  });

  it('prints a link that signs in to the dashboard, once', async () => {
    const [, url = '', code = ''] = /(http:\S+)\/#login=(\S+)/.exec(output) ?? [];
    const signIn = () => fetch(`${url}/api/session`, { method: 'POST', body: JSON.stringify({ code }) });
    expect(await (await signIn()).json()).toEqual({ signedIn: true, csrfToken: expect.any(String) });
    expect((await signIn()).status).toBe(401);
  });

  it('says where it delivers, and ends with 0 when it is told to', async () => {
    expect(output).toMatch(/USERLEAP_API_KEY is not set: it delivers to a UserLeap sandbox/);
    const exit = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    expect(await exit).toBe(0);
  });

  /** Runs the printed line that calls this path, as a shell does. */
  async function paste(path: string): Promise<string> {
    const line = output.split('\n').find((printed) => printed.trim().startsWith('curl') && printed.includes(path));
    return (await promisify(execFile)('sh', ['-c', `${line ?? 'false'} --silent --show-error`])).stdout;
  }
});

describe('npm start where something else listens at its port', () => {
  it('prints no link that leads there, and ends', async () => {
    const other = createHttpServer((_, answer) => answer.end('ok')).listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as AddressInfo;
    const child = spawn(process.execPath, [MAIN], { env: { PATH: process.env.PATH, PORT: String(port) } });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const code = await new Promise((resolve) => child.once('close', resolve));
    other.close();
    expect(output).toContain('EADDRINUSE');
    expect(output).not.toContain('#login=');
    expect(code).toBe(1);
  });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function until(isDone: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  while (!(await isDone())) {
    if (Date.now() > end) throw new Error('waited in vain');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
