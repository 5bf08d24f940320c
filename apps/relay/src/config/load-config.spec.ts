import { formatIssue } from '@segment-userleap/validation';
import { loadConfig } from './load-config';
import type { RelayConfig } from './relay-config';

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
    const { destinations, ...rest } = load(REAL);
    expect(rest).toEqual({
      port: 8080,
      host: '127.0.0.1',
      databasePath: './data/relay.db',
      logLevel: 'info',
      adminToken: undefined,
    });
    expect(destinations).toHaveLength(1);
    expect(destinations[0]).toMatchObject({
      name: 'default',
      writeKeys: ['write-key'],
      settings: { apiKey: 'real-key', endpoint: 'https://api.sprig.com', unknownUsers: 'skip' },
    });
  });

  it('waits for an unknown user as long as it retries, unless told otherwise', () => {
    const graceOf = (env: Readonly<Record<string, string>>) =>
      load({ ...REAL, ...env }).destinations[0]?.settings.unknownUserGraceSeconds;
    expect(graceOf({})).toBe(72 * 60 * 60);
    expect(graceOf({ USERLEAP_UNKNOWN_USER_GRACE_SECONDS: '60' })).toBe(60);
  });

  it.each<[string, string, Partial<RelayConfig>]>([
    ['PORT', '0', { port: 0 }],
    ['PORT', '65535', { port: 65_535 }],
    ['HOST', '0.0.0.0', { host: '0.0.0.0' }],
    ['HOST', '::1', { host: '::1' }],
    ['DATABASE_URL', 'sqlite:/var/lib/relay.db', { databasePath: '/var/lib/relay.db' }],
    ['LOG_LEVEL', 'debug', { logLevel: 'debug' }],
    ['RELAY_ADMIN_TOKEN', '0123456789abcdef', { adminToken: '0123456789abcdef' }],
  ])('reads %s=%s', (name, text, expected) => {
    expect(load({ ...REAL, [name]: text })).toMatchObject(expected);
  });

  it.each<[string, string, string]>([
    ['PORT', 'eighty-eighty', 'expected a port from 0 to 65535'],
    ['PORT', '65536', 'expected a port from 0 to 65535'],
    ['PORT', '-8080', 'expected a port from 0 to 65535'],
    ['HOST', 'http://my host', 'expected an address to listen on'],
    ['DATABASE_URL', 'postgres://me:pass@db/relay', 'expected sqlite:PATH'],
    ['DATABASE_URL', 'sqlite:', 'expected sqlite:PATH'],
    ['LOG_LEVEL', 'chatty', 'expected one of fatal, error, warn, info, debug, trace, silent'],
    ['RELAY_ADMIN_TOKEN', 'fifteen-letters', 'expected a token of at least 16 characters'],
    ['USERLEAP_API_KEY', 'two words', 'expected a UserLeap API key without spaces'],
    [
      'USERLEAP_ENDPOINT',
      'http://sprig.example',
      'expected an https:// address without query (http:// only for this machine)',
    ],
    ['USERLEAP_UNKNOWN_USERS', 'drop', 'expected skip or create'],
    ['RELAY_SHARED_SECRET', 'hush-hush', 'not supported yet'],
    ['USERLEAP_RATE_LIMIT', '1000/300s', 'not supported yet'],
  ])('refuses %s=%s in one line without the value', (name, text, message) => {
    const lines = linesOf({ ...REAL, [name]: text });
    expect(lines).toEqual([`${name}: ${message}`]);
    expect(lines.join()).not.toContain(text.replace(/^sqlite:$/, '="sqlite:"'));
  });

  it('takes a blank variable for one that is not set', () => {
    const blank = { PORT: '', HOST: ' ', RELAY_ADMIN_TOKEN: '', RELAY_DESTINATIONS: '', RELAY_SHARED_SECRET: ' ' };
    expect(load({ ...REAL, ...blank })).toEqual(load(REAL));
    expect(load({ ...REAL, PORT: undefined })).toEqual(load(REAL));
  });

  it('tells everything that is wrong at once', () => {
    expect(linesOf({ PORT: 'x', RELAY_SHARED_SECRET: 'y', USERLEAP_UNKNOWN_USERS: 'z' })).toEqual([
      'PORT: expected a port from 0 to 65535',
      'RELAY_SHARED_SECRET: not supported yet',
      'USERLEAP_API_KEY: expected a UserLeap API key without spaces, got nothing',
      'USERLEAP_UNKNOWN_USERS: expected skip or create',
    ]);
  });

  it('takes several write keys, separated by commas', () => {
    const keysOf = (text: string) => load({ ...REAL, RELAY_WRITE_KEY: text }).destinations[0]?.writeKeys;
    expect(keysOf('one, two ,three')).toEqual(['one', 'two', 'three']);
    expect(keysOf(',one,,')).toEqual(['one']);
  });

  it.each([undefined, '', ' , '])('refuses a real key that anybody could send through (write key %j)', (writeKey) => {
    const env = { USERLEAP_API_KEY: 'real-key', ...(writeKey === undefined ? {} : { RELAY_WRITE_KEY: writeKey }) };
    expect(linesOf(env)).toEqual([
      'RELAY_WRITE_KEY: expected a write key: without one anybody could send to your UserLeap',
    ]);
  });

  it.each(['http://127.0.0.1:9090', 'http://localhost:9090', 'http://[::1]:9090', 'https://localhost'])(
    'needs no write key where %s is on this machine',
    (endpoint) => {
      const [destination] = load({ USERLEAP_API_KEY: 'sandbox-key', USERLEAP_ENDPOINT: endpoint }).destinations;
      expect(destination).toMatchObject({ writeKeys: [], settings: { endpoint } });
    },
  );
});
