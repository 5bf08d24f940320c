import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { interpolate } from '../src/image/interpolate';
import { knownVariables } from '../src/image/known-variables';
import { readDockerfile } from '../src/image/read-dockerfile';
import { runToEnd, startRelay } from '@segment-userleap/relay-driver';

const WORKSPACE = join(__dirname, '../../..');

interface Service {
  readonly build?: { readonly context: string; readonly target: string };
  readonly image: string;
  readonly container_name?: string;
  readonly env_file?: readonly { readonly path: string; readonly required: boolean }[];
  readonly environment?: Readonly<Record<string, string | null>>;
  readonly ports?: readonly string[];
  readonly stop_grace_period?: string;
}

const TEXT = readFileSync(join(WORKSPACE, 'compose.yaml'), 'utf8');
const { services } = parse(TEXT) as { services: Readonly<Record<string, Service>> };
const { relay = { image: '' }, postgres = { image: '' } } = services;

/** The relay's environment where these variables are set outside. What is not set there is not set inside. */
function environmentWith(outside: Readonly<Record<string, string>>): Record<string, string> {
  const pairs = Object.entries(relay.environment ?? {}).map(([name, text]) => {
    return [name, text === null ? (outside[name] ?? '') : interpolate(text, outside)] as const;
  });
  return Object.fromEntries(pairs.filter(([, value]) => value !== ''));
}

describe('compose.yaml', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'system-tests-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  const onDisk = () => ({ HOST: '127.0.0.1', DATABASE_URL: `sqlite:${join(folder, 'relay.db')}` });

  it('builds stages that the Dockerfile has', () => {
    const stages = readDockerfile().map(({ name }) => name);
    const targets = Object.values(services).flatMap(({ build }) => (build ? [build.target] : []));
    expect(targets).toEqual(['relay', 'sandbox']);
    expect(stages).toEqual(expect.arrayContaining(targets));
  });

  it('names an exact version of what it does not build', () => {
    expect(postgres.image).toMatch(/^postgres:\d+\.\d+-\w+$/);
  });

  it('lets the relay have replicas: no name and no port of the host is for one alone', () => {
    expect(Object.values(services).map(({ container_name }) => container_name)).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(relay.ports?.map((port) => interpolate(port, {}))).toEqual(['127.0.0.1:8080-8089:8080']);
    expect(relay.ports?.map((port) => interpolate(port, { RELAY_PORTS: '80' }))).toEqual(['127.0.0.1:80:8080']);
  });

  it('gives the relay no variable that it does not know', () => {
    const known = knownVariables();
    const given = Object.entries(relay.environment ?? {}).filter(([, value]) => value !== '');
    const unknown = given.map(([name]) => name).filter((name) => !known.includes(name));
    expect(unknown).toEqual([]);
  });

  it('gives the relay all of .env but what is said to Compose', () => {
    expect(relay.env_file).toEqual([{ path: '.env', required: false }]);
    const toCompose = [...TEXT.matchAll(/\$\{(\w+)/g)].map(([, name = '']) => name);
    const ours = toCompose.filter((name) => relay.environment?.[name] === undefined);
    expect(ours).toEqual([]);
  });

  it('names the database, its user and its password alike on both sides', () => {
    const outside = { POSTGRES_PASSWORD: 'another' };
    for (const env of [{}, outside]) {
      const [user, database, password] = ['USER', 'DB', 'PASSWORD'].map((name) =>
        interpolate(postgres.environment?.[`POSTGRES_${name}`] ?? '', env),
      );
      expect(environmentWith(env).DATABASE_URL).toBe(`postgres://${user}:${password}@postgres:5432/${database}`);
    }
  });

  it('starts a relay on the sandbox where no key is set', async () => {
    const env = environmentWith({});
    expect(env.USERLEAP_ENDPOINT).toBe('http://127.0.0.1:9090');
    const process = await startRelay({ ...env, ...onDisk() });
    expect(await process.end('SIGTERM')).toBe(0);
  });

  it('starts a relay with a key, its endpoint and credentials, on a store of its own', async () => {
    const outside = {
      USERLEAP_API_KEY: 'key',
      USERLEAP_ENDPOINT: 'https://userleap.invalid',
      RELAY_WRITE_KEY: 'write-key',
    };
    const env = environmentWith(outside);
    expect(env).toMatchObject(outside);
    expect(env.RELAY_DATABASE_SCHEMA).not.toBe(environmentWith({}).RELAY_DATABASE_SCHEMA);
    const process = await startRelay({ ...env, ...onDisk() });
    expect(await process.end('SIGTERM')).toBe(0);
  });

  it('starts no relay that would send to the sandbox with a real key', async () => {
    const env = environmentWith({ USERLEAP_API_KEY: 'key', RELAY_WRITE_KEY: 'write-key' });
    const { code, errors } = await runToEnd({ ...env, ...onDisk() });
    expect([code, errors]).toEqual([2, expect.stringContaining('USERLEAP_ENDPOINT: expected an https:// address')]);
  });
});
