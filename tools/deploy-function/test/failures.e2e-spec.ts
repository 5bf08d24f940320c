import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BUILT_CODE, startDeploymentTest } from './deployment-test';
import type { DeploymentTest } from './deployment-test';
import { TOKEN } from './fake-segment';

const BY_NAME = ['--name', 'UserLeap'];

describe('deploy-function, when something is in the way', () => {
  let test: DeploymentTest;

  beforeEach(async () => (test = await startDeploymentTest()));
  afterEach(() => test.end());

  it.each([
    [401, '/', 'make SEGMENT_TOKEN a Public API token of this workspace with the role Functions Admin'],
    [403, '/functions', 'give the token the role Functions Admin in Settings → Access Management → Tokens'],
    [404, '/functions', 'check SEGMENT_REGION, and that the workspace has Functions'],
    [409, '/functions', 'see whether somebody else is changing this function, and run it again'],
    [413, '/functions', 'upload the small file with --minified'],
    [302, '/functions', 'this is not a documented answer'],
    [503, '/functions', 'Segment has a fault, so see status.segment.com and run it again later'],
  ])('says in one sentence what to do about %i', async (status, path, advice) => {
    test.segment.faults.push({ method: 'GET', path, answer: { status, headers: { location: 'https://example.com' } } });
    const { exitCode, complaint } = await test.deploy(BY_NAME);
    expect(exitCode).toBe(1);
    expect(complaint).toMatch(`deploy-function: Segment answered GET ${path} with ${status}: `);
    expect(complaint).toContain(advice);
    expect(complaint).toMatch(/^[^\n]+\.$/);
  });

  it('is refused with a token that Segment does not know, and does not show it', async () => {
    const { exitCode, output } = await test.deploy(BY_NAME, { env: { SEGMENT_TOKEN: 'a-wrong-token' } });
    expect(exitCode).toBe(1);
    expect(output).toContain('Segment answered GET / with 401 (Unauthorized): ');
    expect(output).not.toContain('a-wrong-token');
  });

  it('says that there is no function of an id', async () => {
    const { exitCode, complaint } = await test.deploy(['--id', 'sfnd_9']);
    expect(exitCode).toBe(1);
    expect(complaint).toBe(
      'deploy-function: Segment answered GET /functions/sfnd_9 with 404 (Not found): see that the workspace of the ' +
        'token has a function of this id, and check SEGMENT_REGION.',
    );
  });

  it('hands on what Segment refuses, cut, on one line and without the token', async () => {
    const message = `"code" is\nnot valid for ${TOKEN}${'!'.repeat(10_000)}`;
    const body = { errors: [{ type: 'input-validation', message, field: 'code' }] };
    test.segment.faults.push({ method: 'POST', path: '/functions', answer: { status: 422, body } });
    const { exitCode, output, complaint } = await test.deploy(BY_NAME);
    expect(exitCode).toBe(1);
    expect(complaint).toContain('with 422 ("code" is not valid for …!!!');
    expect(complaint).toContain(': change what it names, or report it as a fault of this command.');
    expect(complaint).toMatch(/^[^\n]{1,450}$/);
    expect(output).not.toContain(TOKEN);
  });

  it('shows no part of the token where a message is cut within it', async () => {
    const body = { errors: [{ message: `${'!'.repeat(295)}${TOKEN}` }] };
    test.segment.faults.push({ method: 'GET', path: '/', answer: { status: 422, body } });
    expect((await test.deploy(BY_NAME)).output).not.toContain(TOKEN.slice(0, 4));
  });

  describe('rate limits', () => {
    const limit = (headers: Record<string, string>, body?: unknown): void =>
      void test.segment.faults.push({ method: 'GET', path: '/', answer: { status: 429, headers, body } });

    it('waits as Retry-After says, then goes on', async () => {
      limit({ 'retry-after': '7' });
      const { exitCode, waits, output } = await test.deploy(BY_NAME);
      expect(exitCode).toBe(0);
      expect(waits).toEqual([7_000]);
      expect(output).toContain('Segment asks to wait: 7 s');
    });

    it('waits as the error says where there is no Retry-After', async () => {
      limit({}, { errors: [{ type: 'RequestError', message: 'Too many requests', data: { msBeforeNext: 1_234 } }] });
      expect((await test.deploy(BY_NAME)).waits).toEqual([1_234]);
    });

    it('waits five seconds where Segment does not say for how long', async () => {
      limit({});
      expect((await test.deploy(BY_NAME)).waits).toEqual([5_000]);
    });

    it('gives up after three waits', async () => {
      for (let count = 0; count < 9; count += 1) limit({ 'retry-after': '1' });
      const { exitCode, waits, complaint } = await test.deploy(BY_NAME);
      expect(exitCode).toBe(1);
      expect(waits).toEqual([1_000, 1_000, 1_000]);
      expect(complaint).toContain('with 429: too many calls were made');
    });

    it('does not wait for longer than two minutes', async () => {
      limit({ 'retry-after': '121' });
      const { exitCode, waits } = await test.deploy(BY_NAME);
      expect(exitCode).toBe(1);
      expect(waits).toEqual([]);
    });
  });

  it('says that Segment cannot be reached', async () => {
    await test.segment.close();
    const { exitCode, complaint } = await test.deploy(BY_NAME);
    expect(exitCode).toBe(1);
    expect(complaint).toBe(
      `deploy-function: ${test.segment.url} cannot be reached for GET / (ECONNREFUSED): check the network and its proxy, ` +
        'and run it again.',
    );
  });

  it('says that Segment did not answer in time', async () => {
    test.segment.faults.push({ method: 'GET', path: '/functions/sfnd_1', answer: 'silence' });
    const { exitCode, complaint } = await test.deploy(['--id', 'sfnd_1'], { timeoutMs: 50 });
    expect(exitCode).toBe(1);
    expect(complaint).toBe(
      `deploy-function: ${test.segment.url} did not answer GET /functions/sfnd_1 within 0.05 s: run it again.`,
    );
  });

  it('says that a change may have been made where the answer to it was lost', async () => {
    test.segment.faults.push({ method: 'POST', path: '/functions', answer: 'reset' });
    const { exitCode, complaint } = await test.deploy(BY_NAME);
    expect(exitCode).toBe(1);
    expect(complaint).toContain('cannot be reached for POST /functions (');
    expect(complaint).toContain('run it again, which shows whether the change was made.');
  });

  it.each([
    ['GET', '/', {}, 'data.workspace.name'],
    ['GET', '/', { data: { workspace: {} } }, 'data.workspace.name'],
    ['GET', '/functions', { data: { functions: { id: 1 } } }, 'data.functions'],
    ['GET', '/functions', { data: { functions: [{ displayName: 'UserLeap' }] } }, 'data.functions'],
    ['GET', '/functions', '<html>', 'data.functions'],
    ['POST', '/functions', { data: {} }, 'data.function with id'],
    ['POST', '/functions', { data: { function: { code: '' } } }, 'data.function with id'],
    ['POST', '/functions', { data: { function: { id: 'a', displayName: 'A' } } }, 'data.function.code'],
  ])('says that the answer to %s %s is not as documented', async (method, path, body, field) => {
    test.segment.faults.push({ method, path, answer: { status: 200, body } });
    const { exitCode, complaint } = await test.deploy(BY_NAME);
    expect(exitCode).toBe(1);
    expect(complaint).toContain(`Segment's answer to ${method} ${path} is not as documented (expected ${field}`);
  });

  it('does not follow a cursor for ever', async () => {
    const page = { status: 200, body: { data: { functions: [], pagination: { next: 'again' } } } };
    for (let count = 0; count < 9; count += 1) {
      test.segment.faults.push({ method: 'GET', path: '/functions', answer: page });
    }
    expect((await test.deploy(BY_NAME)).complaint).toContain('another data.pagination.next on every page');
  });

  it.each([
    ['userleap.js', undefined, 'userleap.js cannot be read: build it'],
    ['settings.json', undefined, 'settings.json cannot be read: build it'],
    ['userleap.js', BUILT_CODE.replace('return 2', 'return 3'), 'userleap.js is not as it was built: build it again'],
    ['settings.json', '[{}]', 'settings.json is not as it was built: build it again'],
  ])('makes no call where %s is %j', async (file, text, reason) => {
    const path = join(test.bundleFolder, file);
    if (text === undefined) rmSync(path);
    else writeFileSync(path, text);
    const { exitCode, complaint } = await test.deploy(BY_NAME);
    expect(exitCode).toBe(1);
    expect(complaint).toContain(`dist/segment-function/${reason}`);
    expect(test.segment.calls).toEqual([]);
  });
});
