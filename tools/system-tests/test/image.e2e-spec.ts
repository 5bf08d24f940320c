import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { commandOf, environmentOf, readDockerfile, textsOf } from '../src/image/read-dockerfile';
import type { Stage } from '../src/image/read-dockerfile';
import { StageFolder } from '../src/image/stage-folder';
import { startRelay, until } from '@segment-userleap/relay-driver';
import type { RelayProcess } from '@segment-userleap/relay-driver';

const STAGES = readDockerfile();
const SHIPPED = ['relay', 'sandbox'];
// Twice what it is. With all packages that the relay is made of, it was 75 MB.
const LARGEST_CONTENT = 15_000_000;

function stageOf(name: string): Stage {
  const stage = STAGES.find((one) => one.name === name);
  if (!stage) throw new Error(`the Dockerfile has no stage ${name}`);
  return stage;
}

/** The file that a stage runs, in its folder. */
function mainOf(stage: Stage, { path }: StageFolder): string {
  const [node, main = '', ...more] = commandOf(textsOf(stage, 'CMD')[0] ?? '');
  expect([node, more]).toEqual(['node', []]);
  return join(path, main);
}

describe('the Dockerfile', () => {
  it('makes the relay unless told otherwise', () => {
    expect(STAGES.at(-1)?.name).toBe('relay');
  });

  it('has one base for all its stages, with an exact version', () => {
    const [base, ...others] = STAGES.map(({ from }) => from);
    expect(base).toMatch(/^node:\d+\.\d+\.\d+-\w+-slim$/);
    expect(others.filter((from) => !STAGES.some(({ name }) => name === from))).toEqual([]);
  });

  it.each(SHIPPED)('runs %s as a user that is a number, and not root, and without a shell', (name) => {
    const stage = stageOf(name);
    expect(textsOf(stage, 'USER')).toEqual([expect.stringMatching(/^[1-9]\d{3,}:[1-9]\d{3,}$/)]);
    expect(textsOf(stage, 'CMD')).toEqual([expect.stringMatching(/^\["node", /)]);
  });

  it('gives the folder of the store to that user, before it becomes a volume', () => {
    const { instructions } = stageOf('relay');
    const [uid, gid] = textsOf(stageOf('relay'), 'USER')[0]?.split(':') ?? [];
    const made = instructions.findIndex(({ text }) => text === `install -d -o ${uid} -g ${gid} /data`);
    const volume = instructions.findIndex(({ keyword, text }) => keyword === 'VOLUME' && text === '/data');
    expect(made).toBeGreaterThanOrEqual(0);
    expect(volume).toBeGreaterThan(made);
    expect(environmentOf(stageOf('relay'))).toMatchObject({ DATABASE_URL: 'sqlite:/data/relay.db', HOST: '0.0.0.0' });
  });
});

describe('what the image of the relay holds', () => {
  let folder: StageFolder;
  let relay: RelayProcess;

  beforeAll(async () => {
    const stage = stageOf('relay');
    folder = new StageFolder(stage);
    const here = { HOST: '127.0.0.1', PORT: '0', DATABASE_URL: `sqlite:${join(folder.path, 'data/relay.db')}` };
    const env = { ...environmentOf(stage), USERLEAP_API_KEY: 'key', USERLEAP_ENDPOINT: 'http://127.0.0.1:1', ...here };
    relay = await startRelay(env, { main: mainOf(stage, folder) });
  });

  afterAll(async () => {
    expect(await relay.end('SIGTERM')).toBe(0);
    folder.remove();
  });

  it.each([
    '/health/live',
    '/health/ready',
    '/docs',
    '/docs/json',
    '/docs/swagger-ui.css',
    '/docs/swagger-ui-bundle.js',
    '/function/userleap.js',
  ])('is all that is needed for %s', async (path) => {
    expect((await fetch(`${relay.url}${path}`)).status).toBe(200);
  });

  it('is all that is needed for the dashboard', async () => {
    const page = await (await fetch(relay.url)).text();
    const files = [...page.matchAll(/(?:src|href)="([^"]*main-[^"]+)"/g)].map(([, file]) => file ?? '');
    expect(files).toHaveLength(2);
    for (const file of files) expect((await fetch(new URL(file, relay.url))).status).toBe(200);
  });

  it('is all that is needed to move a store', () => {
    const main = join(folder.path, 'dist/apps/relay/migrate-store/main.js');
    const { status, stdout } = spawnSync(process.execPath, [main, '--help'], { encoding: 'utf8' });
    expect([status, stdout]).toEqual([0, expect.stringContaining('--from sqlite:PATH')]);
  });

  it('is little', () => {
    expect(folder.size()).toBeLessThan(LARGEST_CONTENT);
  });

  it('is found healthy while it answers, and not once it does not', () => {
    const [node = '', ...args] = commandOf(textsOf(stageOf('relay'), 'HEALTHCHECK')[0] ?? '');
    expect(node).toBe('node');
    const check = (port: string) =>
      spawnSync(process.execPath, args, { env: { PORT: port }, timeout: 5_000, killSignal: 'SIGKILL' }).status;
    expect(check(new URL(relay.url).port)).toBe(0);
    expect(check('1')).toBe(1);
  });
});

describe('what the image of the sandbox holds', () => {
  it('is all that is needed for it', async () => {
    const stage = stageOf('sandbox');
    const folder = new StageFolder(stage);
    const sandbox = spawn(process.execPath, [mainOf(stage, folder), '--port', '0'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [sandbox.stdout, sandbox.stderr])
      stream.on('data', (chunk: Buffer) => (output += String(chunk)));
    const exit = new Promise((resolve) => sandbox.once('exit', resolve));
    await until('the sandbox to listen or to end', () => (output === '' ? undefined : output));
    sandbox.kill('SIGTERM');
    expect([output, await exit]).toEqual([expect.stringContaining('UserLeap sandbox on http://127.0.0.1:'), 0]);
    folder.remove();
  });
});
