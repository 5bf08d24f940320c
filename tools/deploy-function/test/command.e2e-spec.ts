import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { startFakeSegment, TOKEN } from './fake-segment';
import type { FakeSegment } from './fake-segment';

const MAIN = join(__dirname, '../dist/main.js');
const BUNDLE = join(__dirname, '../../../dist/segment-function');

describe('the built command with the built bundle', () => {
  let segment: FakeSegment;

  beforeAll(async () => (segment = await startFakeSegment()));
  afterAll(() => segment.close());

  it('creates the function, then has nothing to do, and never shows the token', async () => {
    segment.faults.push({ method: 'GET', path: '/', answer: { status: 429, headers: { 'retry-after': '0' } } });
    const first = await execute(['--name', 'UserLeap']);
    expect(first).toMatchObject({ exitCode: 0, stderr: '' });
    expect(first.stdout).toContain('Created UserLeap (Acme (EU)), sfnd_1.');
    expect(segment.functions).toMatchObject([
      {
        code: readFileSync(join(BUNDLE, 'userleap.js'), 'utf8'),
        settings: JSON.parse(readFileSync(join(BUNDLE, 'settings.json'), 'utf8')) as unknown,
      },
    ]);
    const second = await execute(['--name', 'UserLeap']);
    expect(second).toMatchObject({ exitCode: 0, stderr: '' });
    expect(second.stdout).toContain('Nothing to do');
    expect(segment.writes()).toHaveLength(1);
    expect(first.stdout + second.stdout).not.toContain(TOKEN);
  });

  it('shows how to use it', async () => {
    const { exitCode, stdout } = await execute(['--help'], {});
    expect(exitCode).toBe(0);
    expect(stdout).toContain('--dry-run');
    expect(stdout).not.toContain('SEGMENT_API_URL');
  });

  it.each([
    [['--nmae', 'UserLeap'], {}, "Unknown option '--nmae'"],
    [[], {}, 'give either --name NAME or --id ID'],
    [['--name', 'UserLeap'], {}, 'SEGMENT_TOKEN is not set'],
    [['--name', 'UserLeap'], { SEGMENT_TOKEN: TOKEN, SEGMENT_REGION: 'mars' }, 'SEGMENT_REGION: expected us or eu'],
  ])('exits with 2 and one line for %j with %j', async (args, env, line) => {
    const { exitCode, stdout, stderr } = await execute(args, env);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(`deploy-function: ${line}`);
    expect(stderr.trim()).not.toContain('\n');
  });

  it('exits with 1 for what fails', async () => {
    const { exitCode, stderr } = await execute(['--id', 'sfnd_9']);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('with 404');
  });

  it.each([
    [401, 1, '', 'deploy-function: USERLEAP_API_KEY: UserLeap refuses the key (401)'],
    [404, 0, 'Key: UserLeap takes the key', ''],
    [503, 0, 'Key: could not be checked. UserLeap fails at the moment (503)', ''],
  ])('asks UserLeap about a key that it is given: %i', async (status, code, said, complained) => {
    const userLeap = createServer((_, response) => void response.writeHead(status).end()).listen(0, '127.0.0.1');
    await once(userLeap, 'listening');
    const endpoint = `http://127.0.0.1:${(userLeap.address() as AddressInfo).port}`;
    const writes = segment.writes().length;
    const { exitCode, stdout, stderr } = await execute(['--name', 'UserLeap', '--dry-run'], {
      SEGMENT_TOKEN: TOKEN,
      SEGMENT_API_URL: segment.url,
      USERLEAP_API_KEY: 'the-key-of-the-function',
      USERLEAP_ENDPOINT: endpoint,
    });
    userLeap.close();
    expect(exitCode).toBe(code);
    expect(stdout).toContain(said);
    expect(stderr).toContain(complained);
    expect(stdout + stderr).not.toContain('the-key-of-the-function');
    expect(segment.writes()).toHaveLength(writes);
  });

  async function execute(
    args: readonly string[],
    env: Record<string, string> = { SEGMENT_TOKEN: TOKEN, SEGMENT_API_URL: segment.url },
  ): Promise<{ exitCode: unknown; stdout: string; stderr: string }> {
    const child = spawn(process.execPath, [MAIN, ...args], { env });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString('utf8')));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString('utf8')));
    const exitCode = await new Promise((resolve) => child.once('close', resolve));
    return { exitCode, stdout, stderr };
  }
});
