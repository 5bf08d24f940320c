import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { openSandbox, closeSandboxes } from './sandboxes';
import { send } from './vendor-client';

describe('the command', () => {
  const folder = mkdtempSync(join(tmpdir(), 'userleap-sandbox-'));
  const program = join(folder, 'main.cjs');

  beforeAll(() => {
    const entry = join(__dirname, '../src/main.ts');
    buildSync({ entryPoints: [entry], outfile: program, bundle: true, platform: 'node', format: 'cjs' });
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  afterEach(closeSandboxes);

  const run = (...args: string[]): ChildProcess => spawn(process.execPath, [program, ...args]);

  async function outcome(child: ChildProcess): Promise<{ code: unknown; error: string; output: string }> {
    let error = '';
    let output = '';
    child.stderr?.on('data', (chunk: Buffer) => (error += chunk.toString()));
    child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const [code] = (await once(child, 'close')) as [number | null];
    return { code, error, output };
  }

  it.each(['SIGINT', 'SIGTERM'] as const)('prints one line, serves, and exits 0 on %s', async (signal) => {
    const child = run('--port', '0', '--apply-delay', '0', '--rate-limit', '1/300s');
    const end = outcome(child);
    const [line] = (await once(child.stdout ?? child, 'data')) as [Buffer];
    const url = /on (http:\/\/127\.0\.0\.1:\d+) /.exec(line.toString())?.[1] ?? '';
    for (const path of ['requests', 'users', 'faults']) expect(line.toString()).toContain(`${url}/__sandbox/${path}`);
    const authorization = 'API-Key a-key';
    expect((await send(url, 'GET', '/v2/users/u', { authorization })).status).toBe(404);
    expect((await send(url, 'GET', '/v2/users/u', { authorization })).status).toBe(429);
    child.kill(signal);
    const { code, error, output } = await end;
    expect({ code, error }).toEqual({ code: 0, error: '' });
    expect(output.trimEnd().split('\n')).toHaveLength(1);
  });

  it('exits 2 with one message when an option cannot be used', async () => {
    const { code, error } = await outcome(run('--prot', '9090'));
    expect({ code, error }).toEqual({ code: 2, error: "userleap-sandbox: Unknown option '--prot'\n" });
  });

  it('exits 1 with one message when the port is in use', async () => {
    const { port } = await openSandbox();
    const { code, error } = await outcome(run('--port', String(port)));
    expect({ code, error }).toEqual({ code: 1, error: `userleap-sandbox: port ${port} is already in use\n` });
  });
});
