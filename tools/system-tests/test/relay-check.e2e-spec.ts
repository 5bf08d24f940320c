import { RELAY, RelayOnSandbox, STORE } from '@segment-userleap/relay-driver';
import { execFile } from 'node:child_process';

/** Runs the command; its exit code and what it said, a line each. */
function check(env: Readonly<Record<string, string>>): Promise<readonly [code: unknown, lines: readonly string[]]> {
  return new Promise((resolve) => {
    execFile(process.execPath, [RELAY, '--check'], { env: { PATH: process.env.PATH, ...env } }, (error, text) =>
      resolve([error === null ? 0 : error.code, text.trim().split('\n')]),
    );
  });
}

describe('a check of what a relay is started with', () => {
  let pair: RelayOnSandbox;
  beforeAll(async () => (pair = await RelayOnSandbox.start()));
  afterAll(() => pair.stop());

  const STORE_SENTENCE = STORE === 'sqlite' ? 'the file can be read and written' : 'the database can be used';
  const CONFIGURATION = 'ok    configuration: every variable can be used';

  it('is content beside a relay that runs, and changes nothing', async () => {
    const events = await pair.events();
    expect(await check(pair.env)).toEqual([
      0,
      [
        CONFIGURATION,
        expect.stringContaining(`ok    store: ${STORE_SENTENCE}`),
        'ok    destination default: UserLeap takes the key',
      ],
    ]);
    expect(await pair.events()).toEqual(events);
    expect(pair.sandbox.users()).toEqual([]);
  });

  it('names every variable that cannot be used', async () => {
    expect(await check({ ...pair.env, PORT: 'x', RELAY_LEASE: 'long' })).toEqual([
      1,
      [
        'WRONG configuration: PORT: expected a port from 0 to 65535',
        'WRONG configuration: RELAY_LEASE: expected a duration from 1s to 366d, such as 90s, 72h or 7d',
      ],
    ]);
  });

  it('says what is wrong with the store, and with the key', async () => {
    const DATABASE_URL = STORE === 'sqlite' ? 'sqlite:/dev/null/relay.db' : 'postgres://nobody@127.0.0.1:1/relay';
    pair.sandbox.addFault({ status: 401 });
    const [status, lines] = await check({ ...pair.env, DATABASE_URL });
    expect(status).toBe(1);
    expect(lines).toEqual([
      CONFIGURATION,
      expect.stringMatching(/^WRONG store: .*(is no folder|cannot be used: ECONNREFUSED)/),
      'WRONG destination default: UserLeap refuses the key (401): check apiKey, and that it belongs to endpoint',
    ]);
  });

  it('is there in the admin API, and takes a place in the rate budget', async () => {
    const used = async (): Promise<number> => (await pair.admin.overview()).destinations[0]?.budget.used ?? NaN;
    const before = await used();
    expect(await pair.admin.checkKey('default')).toEqual({ ok: true, status: 404, message: 'UserLeap takes the key' });
    expect(await used()).toBe(before + 1);
    expect((await pair.admin.post('/api/destinations/nowhere/check', undefined)).status).toBe(404);
  });

  it('shows what counts, and nothing secret', async () => {
    const settings = await pair.admin.settings();
    expect(settings.destinations).toMatchObject([
      {
        name: 'default',
        writeKeys: 1,
        sharedSecrets: 0,
        settings: { endpoint: pair.sandbox.url, unknownUsers: 'skip' },
      },
    ]);
    const text = JSON.stringify(settings);
    for (const name of ['RELAY_WRITE_KEY', 'RELAY_ADMIN_TOKEN', 'USERLEAP_API_KEY']) {
      expect(text).not.toContain(pair.env[name]);
    }
  });
});
