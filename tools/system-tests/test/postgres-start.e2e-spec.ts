import { Client } from 'pg';
import { RelayOnSandbox, runToEnd, storeInSchema } from '@segment-userleap/relay-driver';
import type { OwnStore } from '@segment-userleap/relay-driver';

const PASSWORD = 'a-secret-of-the-role';
const KEYS = { USERLEAP_API_KEY: 'test-api-key', RELAY_WRITE_KEY: 'contract-tests-write-key' };

describe('a relay whose DATABASE_URL names PostgreSQL', () => {
  let admin: Client;
  let store: OwnStore;
  let role: string;

  beforeAll(async () => {
    admin = new Client({ connectionString: process.env['TEST_POSTGRES_URL'] ?? '' });
    await admin.connect();
    store = storeInSchema(process.env['TEST_POSTGRES_URL'] ?? '');
    role = `role_of_${schema()}`;
    await admin.query(`CREATE ROLE ${role} LOGIN PASSWORD '${PASSWORD}'`);
  });

  afterAll(async () => {
    await store.remove();
    await admin.query(`DROP ROLE ${role}`);
    await admin.end();
  });

  const schema = (): string => store.env['RELAY_DATABASE_SCHEMA'] ?? '';

  /** The store's address, as the role uses it. */
  function addressWith(changes: Partial<Pick<URL, 'host' | 'password' | 'pathname'>> = {}): string {
    // A pooler would sign in for it.
    const url = new URL(process.env['TEST_POSTGRES_URL'] ?? '');
    return Object.assign(url, { username: role, password: PASSWORD, ...changes }).href;
  }

  async function expectRefusal(address: string, sentence: string): Promise<void> {
    const { code, errors } = await runToEnd({ ...KEYS, ...store.env, DATABASE_URL: address });
    expect([code, errors.trim()]).toEqual([1, `The relay cannot start: ${sentence}`]);
  }

  it('does not start where nobody listens, and says so', async () => {
    await expectRefusal(
      addressWith({ host: '127.0.0.1:1' }),
      'the database cannot be used: ECONNREFUSED (127.0.0.1:1)',
    );
  });

  it('does not start with a wrong password', async () => {
    const sentence = `the database cannot be used: password authentication failed for user "${role}"`;
    await expectRefusal(addressWith({ password: 'not-the-secret' }), sentence);
  });

  it('does not start where there is no such database', async () => {
    const sentence = 'the database cannot be used: database "nowhere" does not exist';
    await expectRefusal(addressWith({ pathname: '/nowhere' }), sentence);
  });

  it('does not start where there is no schema and its role may not make one', async () => {
    const sentence = `the schema ${schema()} cannot be used: permission denied for database postgres`;
    await expectRefusal(addressWith(), sentence);
  });

  it('runs with a role that owns its schema and nothing else', async () => {
    await admin.query(`CREATE SCHEMA ${schema()} AUTHORIZATION ${role}`);
    const pair = await RelayOnSandbox.start({}, { ...store.env, DATABASE_URL: addressWith() });
    await pair.post('/v1/identify', { userId: 'ann', traits: { plan: 'pro' } });
    await pair.settled(1);
    expect(await pair.admin.erase({ userId: 'ann' })).toBe(1);
    expect(await pair.admin.pause()).toMatchObject({ state: 'paused' });
    expect(await pair.relay.end('SIGTERM')).toBe(0);
    await pair.startRelay();
    expect(await pair.admin.destination()).toMatchObject({ state: 'paused' });
    expect(pair.relay.output()).not.toContain('the store failed');
    await pair.stop();
  });
});
