import { API_KEY, BUILT_CODE, EDITED_CODE, ENDPOINT, OLDER_CODE, startDeploymentTest } from './deployment-test';
import type { DeploymentTest } from './deployment-test';

describe('deploy-function', () => {
  let test: DeploymentTest;

  beforeEach(async () => (test = await startDeploymentTest()));
  afterEach(() => test.end());

  describe('where no function has the name', () => {
    it('creates it with code and settings', async () => {
      const { exitCode, output } = await test.deploy(['--name', 'UserLeap']);
      expect(exitCode).toBe(0);
      expect(test.segment.writes()).toEqual([
        {
          method: 'POST',
          path: '/functions',
          body: {
            code: BUILT_CODE,
            displayName: 'UserLeap',
            resourceType: 'DESTINATION',
            settings: [API_KEY, ENDPOINT],
          },
        },
      ]);
      expect(output).toContain('Created UserLeap (Acme (EU)), sfnd_1.');
    });

    it('writes nothing when it is run a second time, and says so', async () => {
      await test.deploy(['--name', 'UserLeap']);
      const { exitCode, output } = await test.deploy(['--name', 'UserLeap']);
      expect(exitCode).toBe(0);
      expect(output).toContain('Nothing to do');
      expect(test.segment.writes()).toHaveLength(1);
    });

    it('creates it although another name begins with it', async () => {
      test.put({ displayName: 'UserLeap (staging) (Acme (EU))' });
      expect((await test.deploy(['--name', 'UserLeap'])).exitCode).toBe(0);
      expect(test.segment.functions).toHaveLength(2);
    });

    it('refuses where one may be meant whose brackets it cannot explain', async () => {
      test.put({ displayName: 'UserLeap (Other)' });
      const { exitCode, complaint } = await test.deploy(['--name', 'UserLeap']);
      expect(exitCode).toBe(1);
      expect(complaint).toBe(
        'deploy-function: No function is called UserLeap, but one may be meant (sfnd_1 "UserLeap (Other)"): ' +
          'say so with --id, or take another name.',
      );
      expect(test.segment.writes()).toEqual([]);
    });
  });

  describe('where the function is there', () => {
    it('finds it on a later page and sends code only where only the code differs', async () => {
      for (const name of ['A', 'B', 'C']) test.put({ displayName: `${name} (Acme (EU))` });
      const { id } = test.put({});
      const { exitCode, output } = await test.deploy(['--name', 'UserLeap']);
      expect(exitCode).toBe(0);
      expect(test.segment.writes()).toEqual([
        { method: 'PATCH', path: `/functions/${id}`, body: { code: BUILT_CODE } },
      ]);
      expect(output).toContain('Updated code.');
    });

    it('sends settings only where only the settings differ', async () => {
      test.put({
        code: BUILT_CODE,
        settings: [
          { ...API_KEY, label: 'Key' },
          { ...ENDPOINT, name: 'host' },
        ],
      });
      const { exitCode, output } = await test.deploy(['--name', 'UserLeap']);
      expect(exitCode).toBe(0);
      expect(test.segment.writes()).toEqual([
        { method: 'PATCH', path: '/functions/sfnd_1', body: { settings: [API_KEY, ENDPOINT] } },
      ]);
      expect(output).toContain('~ apiKey: label "Key" → "API key"');
      expect(output).toContain('+ endpoint (STRING)');
      expect(output).toContain('- host');
    });

    it('takes other line ends, another banner and another order of settings for the same', async () => {
      test.put({
        code: BUILT_CODE.replace('version 2', 'version 1').replaceAll('\n', '\r\n'),
        settings: [ENDPOINT, API_KEY],
      });
      const { output } = await test.deploy(['--name', 'UserLeap']);
      expect(output).toContain('Nothing to do');
      expect(test.segment.writes()).toEqual([]);
    });

    it('updates the one that --id names without a look at the others', async () => {
      test.put({ displayName: 'Something else' });
      expect((await test.deploy(['--id', 'sfnd_1'])).exitCode).toBe(0);
      expect(test.segment.calls.map(({ method, path }) => `${method} ${path}`)).toEqual([
        'GET /functions/sfnd_1',
        'PATCH /functions/sfnd_1',
      ]);
    });

    it('uploads the small file with --minified', async () => {
      test.put({});
      await test.deploy(['--name', 'UserLeap', '--minified']);
      expect(test.segment.functions[0]?.code).toContain('onTrack(){}');
    });

    it('refuses two functions of one name and asks for --id', async () => {
      test.put({});
      test.put({});
      const { exitCode, complaint } = await test.deploy(['--name', 'UserLeap']);
      expect(exitCode).toBe(1);
      expect(complaint).toBe(
        'deploy-function: Several functions are called UserLeap (sfnd_1 "UserLeap (Acme (EU))", ' +
          'sfnd_2 "UserLeap (Acme (EU))"): say which one with --id.',
      );
      expect(test.segment.writes()).toEqual([]);
    });

    it('refuses a function of another type', async () => {
      test.put({ resourceType: 'SOURCE' });
      const { exitCode, complaint } = await test.deploy(['--id', 'sfnd_1']);
      expect(exitCode).toBe(1);
      expect(complaint).toContain('sfnd_1 is a function of the type SOURCE: expected DESTINATION.');
      expect(test.segment.writes()).toEqual([]);
    });
  });

  describe('says whether Segment runs what it was given', () => {
    const RUNS = 'Segment runs this version, deployed at 2026-01-31T10:00:00.000Z.';

    it.each([
      ['created', undefined],
      ['updated', OLDER_CODE],
      ['the same', BUILT_CODE],
    ])('and all is well: the function is %s', async (_, code) => {
      if (code !== undefined) test.put({ code });
      const { exitCode, output, waits } = await test.deploy(['--name', 'UserLeap']);
      expect({ exitCode, waits }).toEqual({ exitCode: 0, waits: [] });
      expect(output).toContain(RUNS);
    });

    it('looks again where it does not yet', async () => {
      test.put({});
      test.segment.deploys = 'late';
      const { exitCode, output, waits } = await test.deploy(['--name', 'UserLeap']);
      expect({ exitCode, waits }).toEqual({ exitCode: 0, waits: [5_000] });
      expect(output).toContain(RUNS);
    });

    it.each([
      ['after an update', OLDER_CODE],
      ['where nothing differs', BUILT_CODE],
    ])('fails where an older version goes on running, %s', async (_, code) => {
      test.put({ code, isLatestVersion: false });
      test.segment.deploys = 'never';
      const { exitCode, complaint, waits } = await test.deploy(['--name', 'UserLeap']);
      expect({ exitCode, waits }).toEqual({ exitCode: 1, waits: [5_000, 5_000, 5_000] });
      expect(complaint).toBe(
        'deploy-function: Segment has the code, but runs an older version, deployed at 2026-01-31T10:00:00.000Z: press ' +
          'Save & Deploy in the function’s editor in Segment.',
      );
    });

    it('says so where nothing runs yet', async () => {
      test.segment.deploys = 'never';
      const { exitCode, output } = await test.deploy(['--name', 'UserLeap']);
      expect(exitCode).toBe(0);
      expect(output).toContain('Segment has deployed it nowhere yet.');
    });

    it('says so where Segment does not tell', async () => {
      const { id } = test.put({});
      const answer = { status: 200, body: { data: { function: { id } } } };
      test.segment.faults.push({ method: 'PATCH', path: `/functions/${id}`, answer });
      const { exitCode, output } = await test.deploy(['--name', 'UserLeap']);
      expect(exitCode).toBe(0);
      expect(output).toContain('Segment does not say whether it runs this version');
    });
  });

  it('passes over functions in the list that have no name', async () => {
    const functions = [{ id: 'sfnd_9' }, { id: 'sfnd_8', displayName: null }];
    const answer = { status: 200, body: { data: { functions, pagination: { next: 'MA==' } } } };
    test.segment.faults.push({ method: 'GET', path: '/functions', answer });
    test.put({});
    const { exitCode, output } = await test.deploy(['--name', 'UserLeap']);
    expect(exitCode).toBe(0);
    expect(output).toContain('Updated code.');
  });

  describe('with --dry-run', () => {
    it('says what it would create, and creates nothing', async () => {
      const { exitCode, output } = await test.deploy(['--name', 'UserLeap', '--dry-run']);
      expect(exitCode).toBe(0);
      expect(output).toContain('Settings: apiKey, endpoint\nDry run, nothing was changed: it would be created.');
      expect(test.segment.writes()).toEqual([]);
    });

    it('shows the differences, and changes nothing', async () => {
      test.put({ settings: [API_KEY] });
      const { exitCode, output } = await test.deploy(['--name', 'UserLeap', '--dry-run']);
      expect(exitCode).toBe(0);
      expect(output).toContain('  -  return 1;\n  +  return 2;\n   }');
      expect(output).toContain('Settings: 1 different\n  + endpoint (STRING)');
      expect(output).toContain('Dry run, nothing was changed: code and settings would be updated.');
      expect(test.segment.writes()).toEqual([]);
    });

    it('changes nothing with --force either', async () => {
      test.put({ code: EDITED_CODE });
      expect((await test.deploy(['--name', 'UserLeap', '--dry-run', '--force'])).exitCode).toBe(0);
      expect(test.segment.writes()).toEqual([]);
    });
  });

  describe('where the deployed code may be the work of somebody', () => {
    it.each([
      ['was edited by hand', EDITED_CODE, 'The deployed code was edited by hand'],
      ['has no digest line', 'async function onTrack() {}', 'The deployed code has no digest line'],
    ])('refuses to overwrite code that %s, and shows the difference', async (_, code, reason) => {
      test.put({ code, settings: [] });
      const { exitCode, output, complaint } = await test.deploy(['--name', 'UserLeap']);
      expect(exitCode).toBe(1);
      expect(complaint).toContain(reason);
      expect(complaint).toMatch(/^[^\n.]+ with --force\.$/);
      expect(output).toContain('  +  return 2;');
      expect(test.segment.writes()).toEqual([]);
    });

    it('overwrites it with --force', async () => {
      test.put({ code: EDITED_CODE });
      expect((await test.deploy(['--name', 'UserLeap', '--force'])).exitCode).toBe(0);
      expect(test.segment.functions[0]?.code).toBe(BUILT_CODE);
    });

    it('updates settings without --force where the code is the same', async () => {
      test.put({ code: BUILT_CODE.slice(BUILT_CODE.indexOf('async')), settings: [] });
      expect((await test.deploy(['--name', 'UserLeap'])).exitCode).toBe(0);
      expect(test.segment.writes()).toHaveLength(1);
    });
  });

  it('never shows what would steer a terminal', async () => {
    test.put({ code: OLDER_CODE.replace('return 1', 'return "\u001b[2J\u202e"') });
    expect((await test.deploy(['--name', 'UserLeap'])).output).toContain('return "\uFFFD[2J\uFFFD"');
  });
});
