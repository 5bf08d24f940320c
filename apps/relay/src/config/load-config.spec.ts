import { formatIssue } from '@segment-userleap/validation';
import { loadConfig } from './load-config';
import type { RelayConfig } from './relay-config';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const DURATION_FORM = 'a duration from 1s to 366d, such as 90s, 72h or 7d';
const RATE_LIMIT_FORM = 'requests/duration, such as 1000/300s';
const PROXY = 'http://USER:PASSWORD@HOST:PORT, or https://…, with nothing after it';
const STORES = 'sqlite:PATH or postgres://USER:PASSWORD@HOST:PORT/DATABASE';
const POSTGRES = 'postgres://me:secret@db.example:5433/relay?sslmode=verify-full';
const POSTGRES_STORE = {
  kind: 'postgres',
  url: POSTGRES,
  listenUrl: undefined,
  schema: 'segment_userleap',
  connections: 10,
  statementTimeoutMs: 30_000,
  leaseMs: 30_000,
} as const;
const REAL = { USERLEAP_API_KEY: 'real-key', RELAY_WRITE_KEY: 'write-key' };

function load(env: Readonly<Record<string, string | undefined>>): RelayConfig {
  const config = loadConfig(env);
  if (!config.ok) throw new Error(config.issues.map(formatIssue).join('; '));
  return config.value;
}

function linesOf(env: Readonly<Record<string, string>>): readonly string[] {
  const config = loadConfig(env);
  return config.ok ? [] : config.issues.map(formatIssue);
}

describe(loadConfig.name, () => {
  it('has a default for all but the keys', () => {
    const { destinations, variables: _, ...rest } = load(REAL);
    expect(rest).toEqual({
      port: 8080,
      host: '127.0.0.1',
      store: { kind: 'sqlite', path: './data/relay.db' },
      corsOrigins: ['*'],
      trustedProxies: [],
      httpsProxy: undefined,
      name: 'UserLeap relay',
      basePath: '',
      logLevel: 'info',
      adminToken: undefined,
      loginCode: undefined,
      retryHorizonMs: 72 * HOUR,
      deduplicationMs: 7 * DAY,
      retentionMs: 7 * DAY,
      deadLetterRetentionMs: 30 * DAY,
      unchangedMs: DAY,
      backlogLimit: 2_000_000,
      parkedLimit: 1_000_000,
      anonymousHoldMs: 0,
      anonymousLimit: 1_000_000,
    });
    expect(destinations).toHaveLength(1);
    expect(destinations[0]).toMatchObject({
      name: 'default',
      writeKeys: ['write-key'],
      settings: { apiKey: 'real-key', endpoint: 'https://api.sprig.com', unknownUsers: 'skip' },
      budget: { requests: 1_000, windowMs: 300_000 },
      bulkUpserts: false,
    });
  });

  it('reads the rate limit of the only destination', () => {
    const [destination] = load({ ...REAL, USERLEAP_RATE_LIMIT: '30/3s' }).destinations;
    expect(destination?.budget).toMatchObject({ requests: 30, windowMs: 3_000 });
  });

  it('reads for how many users of the only destination a month may send', () => {
    const limitOf = (text: string) => load({ ...REAL, USERLEAP_MONTHLY_USERS: text }).destinations[0]?.monthlyUsers;
    expect(limitOf('25000')).toBe(25_000);
    expect(limitOf('')).toBeUndefined();
    const wrong = 'USERLEAP_MONTHLY_USERS: expected a number of users from 1 to 999999999';
    for (const text of ['0', '-1', '5e3', 'many', '1000000000']) {
      expect(linesOf({ ...REAL, USERLEAP_MONTHLY_USERS: text })).toEqual([wrong]);
    }
  });

  it('reads whether many users may share a request', () => {
    expect(load({ ...REAL, USERLEAP_BULK_UPSERTS: 'true' }).destinations[0]?.bulkUpserts).toBe(true);
    expect(linesOf({ ...REAL, USERLEAP_BULK_UPSERTS: 'yes' })).toEqual([
      'USERLEAP_BULK_UPSERTS: expected true or false',
    ]);
  });

  it('names a budget by a text that does not hold the key', () => {
    const idOf = (key: string) => load({ ...REAL, USERLEAP_API_KEY: key }).destinations[0]?.budget.id;
    expect(idOf('real-key')).toBe(idOf('real-key'));
    expect(idOf('real-key')).not.toBe(idOf('other-key'));
    expect(idOf('real-key')).not.toContain('real-key');
  });

  it('waits for an unknown user as long as it retries, unless told otherwise', () => {
    const graceOf = (env: Readonly<Record<string, string>>) =>
      load({ ...REAL, ...env }).destinations[0]?.settings.unknownUserGraceSeconds;
    expect(graceOf({})).toBe(72 * 60 * 60);
    expect(graceOf({ RELAY_RETRY_HORIZON: '2h' })).toBe(2 * 60 * 60);
    expect(graceOf({ USERLEAP_UNKNOWN_USER_GRACE_SECONDS: '60' })).toBe(60);
  });

  it.each<[string, string, Partial<RelayConfig>]>([
    ['PORT', '0', { port: 0 }],
    ['PORT', '65535', { port: 65_535 }],
    ['HOST', '0.0.0.0', { host: '0.0.0.0' }],
    ['HOST', '::1', { host: '::1' }],
    ['DATABASE_URL', 'sqlite:/var/lib/relay.db', { store: { kind: 'sqlite', path: '/var/lib/relay.db' } }],
    ['DATABASE_URL', POSTGRES, { store: POSTGRES_STORE }],
    ['DATABASE_URL', 'postgresql://db/relay', { store: { ...POSTGRES_STORE, url: 'postgresql://db/relay' } }],
    ['LOG_LEVEL', 'debug', { logLevel: 'debug' }],
    ['RELAY_NAME', 'staging', { name: 'staging' }],
    ['RELAY_BASE_PATH', '/tools/relay', { basePath: '/tools/relay' }],
    [
      'RELAY_CORS_ORIGINS',
      'https://a.example, http://b.example:81',
      { corsOrigins: ['https://a.example', 'http://b.example:81'] },
    ],
    ['RELAY_TRUSTED_PROXIES', '10.0.0.0/8,::1', { trustedProxies: ['10.0.0.0/8', '::1'] }],
    ['RELAY_ADMIN_TOKEN', '0123456789abcdef', { adminToken: '0123456789abcdef' }],
    ['RELAY_LOGIN_CODE', '1790000000.0123456789-abcdef_xyz', { loginCode: '1790000000.0123456789-abcdef_xyz' }],
    ['RELAY_RETRY_HORIZON', '90s', { retryHorizonMs: 90_000 }],
    ['RELAY_DEDUPLICATION_WINDOW', '30m', { deduplicationMs: HOUR / 2 }],
    ['RELAY_RETENTION', '12h', { retentionMs: 12 * HOUR }],
    ['RELAY_DEAD_LETTER_RETENTION', '90d', { deadLetterRetentionMs: 90 * DAY }],
    ['RELAY_UNCHANGED_WINDOW', '2d', { unchangedMs: 2 * DAY }],
    ['RELAY_UNCHANGED_WINDOW', '0', { unchangedMs: 0 }],
    ['RELAY_BACKLOG_LIMIT', '1', { backlogLimit: 1, parkedLimit: 1 }],
    ['RELAY_PARKED_LIMIT', '20', { backlogLimit: 2_000_000, parkedLimit: 20 }],
    ['RELAY_ANONYMOUS_HOLD', '7d', { anonymousHoldMs: 7 * DAY }],
    ['RELAY_ANONYMOUS_HOLD', '0', { anonymousHoldMs: 0 }],
    ['RELAY_ANONYMOUS_LIMIT', '20', { anonymousLimit: 20 }],
    ['RELAY_HTTPS_PROXY', 'http://me:a%40b@proxy:3128', { httpsProxy: new URL('http://me:a%40b@proxy:3128') }],
    ['RELAY_BACKLOG_LIMIT', '999999999', { backlogLimit: 999_999_999 }],
    ['RELAY_ALERT_URL', 'https://a.example/x', { alert: { url: 'https://a.example/x', secret: undefined } }],
  ])('reads %s=%s', (name, text, expected) => {
    expect(load({ ...REAL, [name]: text })).toMatchObject(expected);
  });

  it('reads how PostgreSQL is used', () => {
    const given = {
      RELAY_DATABASE_LISTEN_URL: 'postgres://me@direct/relay',
      RELAY_DATABASE_SCHEMA: 'surveys',
      RELAY_DATABASE_CONNECTIONS: '25',
      RELAY_DATABASE_STATEMENT_TIMEOUT: '5s',
      RELAY_LEASE: '1m',
    };
    const { store } = load({ ...REAL, ...given, DATABASE_URL: POSTGRES });
    const use = {
      listenUrl: 'postgres://me@direct/relay',
      schema: 'surveys',
      connections: 25,
      statementTimeoutMs: 5_000,
      leaseMs: 60_000,
    };
    expect(store).toEqual({ ...POSTGRES_STORE, ...use });
  });

  it.each<[string, string, string]>([
    ['PORT', 'eighty-eighty', 'expected a port from 0 to 65535'],
    ['PORT', '65536', 'expected a port from 0 to 65535'],
    ['PORT', '-8080', 'expected a port from 0 to 65535'],
    ['HOST', 'http://my host', 'expected an address to listen on'],
    ['DATABASE_URL', 'file:relay.db', `expected ${STORES}`],
    ['DATABASE_URL', 'postgres://me:secret@db', `expected ${STORES}`],
    ['DATABASE_URL', 'postgres://me:se cret@:x/relay', `expected ${STORES}`],
    ['RELAY_DATABASE_LISTEN_URL', 'sqlite:relay.db', 'expected postgres://USER:PASSWORD@HOST:PORT/DATABASE'],
    ['RELAY_HTTPS_PROXY', 'proxy:3128', `expected ${PROXY}`],
    ['RELAY_HTTPS_PROXY', 'socks5://proxy:1080', `expected ${PROXY}`],
    ['RELAY_HTTPS_PROXY', 'http://proxy:3128/path', `expected ${PROXY}`],
    ['RELAY_DATABASE_SCHEMA', 'My Schema', 'expected a name of small letters, digits and _, at most 63'],
    ['RELAY_DATABASE_CONNECTIONS', '1', 'expected a number of connections from 2 to 999'],
    ['RELAY_DATABASE_STATEMENT_TIMEOUT', '30', 'expected a duration from 1s to 366d, such as 90s, 72h or 7d'],
    ['RELAY_LEASE', 'long', 'expected a duration from 1s to 366d, such as 90s, 72h or 7d'],
    ['LOG_LEVEL', 'chatty', 'expected one of fatal, error, warn, info, debug, trace, silent'],
    ['RELAY_ADMIN_TOKEN', 'fifteen-letters', 'expected a token of at least 16 characters'],
    ['RELAY_LOGIN_CODE', 'short', 'expected epoch seconds, a dot and at least 20 letters, digits, - or _'],
    ['USERLEAP_API_KEY', 'two words', 'expected a UserLeap API key without spaces'],
    [
      'USERLEAP_ENDPOINT',
      'http://sprig.example',
      'expected an https:// address without query (http:// only for this machine)',
    ],
    ['USERLEAP_UNKNOWN_USERS', 'drop', 'expected skip or create'],
    [
      'RELAY_CORS_ORIGINS',
      'https://shop.example/path',
      'expected origins such as https://www.example.com, separated by commas, or *',
    ],
    ['RELAY_TRUSTED_PROXIES', '10.0.0.0/33', 'expected addresses or ranges such as 10.0.0.0/8, separated by commas'],
    ['USERLEAP_RATE_LIMIT', '1000 a minute', `expected ${RATE_LIMIT_FORM}`],
    ['USERLEAP_RATE_LIMIT', '0/60s', `expected ${RATE_LIMIT_FORM}`],
    ['RELAY_RETRY_HORIZON', 'forever', `expected ${DURATION_FORM}`],
    ['RELAY_DEDUPLICATION_WINDOW', '7 days', `expected ${DURATION_FORM}`],
    ['RELAY_RETENTION', '0m', `expected ${DURATION_FORM}`],
    ['RELAY_DEAD_LETTER_RETENTION', '367d', `expected ${DURATION_FORM}`],
    ['RELAY_PARKED_LIMIT', '0', 'expected a number of events from 1 to 999999999'],
    ['RELAY_ANONYMOUS_HOLD', '0s', 'expected 0, or a duration from 1s to 366d, such as 12h or 7d'],
    ['RELAY_ALERT_URL', 'a.example', 'expected an http:// or https:// address'],
    ['RELAY_ALERT_SECRET', 'short', 'expected a secret of at least 16 characters'],
    ['RELAY_ANONYMOUS_LIMIT', '0', 'expected a number of events from 1 to 999999999'],
    ['RELAY_BACKLOG_LIMIT', '0', 'expected a number of events from 1 to 999999999'],
    ['RELAY_BACKLOG_LIMIT', '2e6', 'expected a number of events from 1 to 999999999'],
    ['RELAY_BACKLOG_LIMIT', '1000000000', 'expected a number of events from 1 to 999999999'],
  ])('refuses %s=%s in one line without the value', (name, text, message) => {
    const lines = linesOf({ ...REAL, [name]: text });
    expect(lines).toEqual([`${name}: ${message}`]);
    expect(lines.join()).not.toContain(text);
  });

  it('takes a blank variable for one that is not set', () => {
    const blank = { PORT: '', HOST: ' ', RELAY_ADMIN_TOKEN: '', RELAY_DESTINATIONS: '', RELAY_SHARED_SECRET: ' ' };
    expect(load({ ...REAL, ...blank })).toEqual(load(REAL));
    expect(load({ ...REAL, PORT: undefined })).toEqual(load(REAL));
  });

  it('tells everything that is wrong at once', () => {
    expect(linesOf({ PORT: 'x', RELAY_RETENTION: 'y', USERLEAP_UNKNOWN_USERS: 'z' })).toEqual([
      'PORT: expected a port from 0 to 65535',
      `RELAY_RETENTION: expected ${DURATION_FORM}`,
      'USERLEAP_API_KEY: expected a UserLeap API key without spaces, got nothing',
      'USERLEAP_UNKNOWN_USERS: expected skip or create',
    ]);
  });

  it('takes several write keys, separated by commas', () => {
    const keysOf = (text: string) => load({ ...REAL, RELAY_WRITE_KEY: text }).destinations[0]?.writeKeys;
    expect(keysOf('one, two ,three')).toEqual(['one', 'two', 'three']);
    expect(keysOf(',one,,')).toEqual(['one']);
  });

  it('takes several shared secrets, with which a real key needs no write key', () => {
    const env = { USERLEAP_API_KEY: 'real-key', RELAY_SHARED_SECRET: 'old, new' };
    expect(load(env).destinations).toMatchObject([{ writeKeys: [], sharedSecrets: ['old', 'new'] }]);
  });

  it.each([undefined, '', ' , '])('refuses a real key that anybody could send through (write key %j)', (writeKey) => {
    const env = { USERLEAP_API_KEY: 'real-key', ...(writeKey === undefined ? {} : { RELAY_WRITE_KEY: writeKey }) };
    expect(linesOf(env)).toEqual([
      'RELAY_WRITE_KEY: expected a write key or a shared secret: without one anybody could send to your UserLeap',
    ]);
  });

  it('takes no other host for this machine', () => {
    const env = { USERLEAP_API_KEY: 'real-key', USERLEAP_ENDPOINT: 'https://localhost.example.com' };
    expect(linesOf(env)).toHaveLength(1);
  });

  it.each(['http://127.0.0.1:9090', 'http://localhost:9090', 'http://[::1]:9090', 'https://localhost'])(
    'needs no write key where %s is on this machine',
    (endpoint) => {
      const [destination] = load({ USERLEAP_API_KEY: 'sandbox-key', USERLEAP_ENDPOINT: endpoint }).destinations;
      expect(destination).toMatchObject({ writeKeys: [], settings: { endpoint } });
    },
  );
});
