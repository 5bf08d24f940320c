import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { call } from '../src/doors/call';
import { basic, signed } from '../src/doors/credentials';
import type { Credentials } from '../src/doors/credentials';
import { RelayOnSandboxes } from '../src/relay-on-sandboxes';
import { runToEnd, startRelay } from '@segment-userleap/relay-driver';

const EVENT = '{"type":"track","userId":"ann","event":"Clicked"}';
const KEYS = ['old-key', 'new-key'];
const SECRETS = ['old-shared-secret', 'new-shared-secret'];

describe('credentials of a destination', () => {
  let group: RelayOnSandboxes;

  beforeAll(async () => {
    group = await RelayOnSandboxes.start([
      { name: 'many', writeKeys: KEYS, sharedSecrets: SECRETS },
      { name: 'other', writeKeys: ['key-of-other'], sharedSecrets: ['secret-of-other'] },
    ]);
  });

  afterAll(async () => {
    await group.stop();
  });

  it.each([...KEYS.map(basic), ...SECRETS.map((secret) => signed(secret, EVENT))])(
    'may be several at once: %j',
    async (credentials) => {
      const before = (await group.of('many').events()).length;
      for (const path of ['/webhooks/segment', '/webhooks/segment/many']) {
        expect(await post(path, credentials)).toBe(200);
      }
      expect(await group.of('many').events()).toHaveLength(before + 2);
    },
  );

  it.each([basic('key-of-other'), signed('secret-of-other', EVENT)])(
    'do not open the address of another: %j',
    async (credentials) => {
      const before = (await group.of('many').events()).length;
      expect(await post('/webhooks/segment/many', credentials)).toBe(401);
      expect(await post('/webhooks/segment/other', credentials)).toBe(200);
      expect(await group.of('many').events()).toHaveLength(before);
    },
  );

  it('do not open an address that is nobody’s', async () => {
    expect(await post('/webhooks/segment/nobody', basic('old-key'))).toBe(401);
  });

  it('are not opened by a shared secret in place of a write key', async () => {
    expect(await post('/webhooks/segment', basic('old-shared-secret'))).toBe(401);
    expect(
      (await call(group.relay, '/v1/track', { headers: signed('old-shared-secret', EVENT), body: EVENT })).status,
    ).toBe(401);
  });

  async function post(path: string, headers: Credentials): Promise<number> {
    return (await call(group.relay, path, { headers, body: EVENT })).status;
  }
});

describe('a relay that is to send to a real UserLeap', () => {
  let folder: string;
  let env: Readonly<Record<string, string>>;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'system-tests-'));
    const endpoint = 'https://userleap.invalid';
    env = {
      USERLEAP_API_KEY: 'real-key',
      USERLEAP_ENDPOINT: endpoint,
      DATABASE_URL: `sqlite:${join(folder, 'relay.db')}`,
    };
  });

  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('does not start without credentials, and says which it needs', async () => {
    const { code, errors } = await runToEnd({ ...env, RELAY_WRITE_KEY: ' , ', RELAY_SHARED_SECRET: '' });
    expect(code).toBeGreaterThan(0);
    expect(errors).toContain('RELAY_WRITE_KEY');
    expect(errors).not.toContain('real-key');
  });

  it('starts with nothing but a shared secret', async () => {
    const relay = await startRelay({ ...env, RELAY_SHARED_SECRET: 'one, two' });
    const { status } = await call(relay, '/webhooks/segment', { body: EVENT });
    const code = await relay.end('SIGTERM');
    expect([status, code]).toEqual([401, 0]);
  });
});
