import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleRelay } from '../src/bundle-relay';

const WORKSPACE = join(__dirname, '../../..');
const BUILT = join(WORKSPACE, 'dist/apps/relay');

const SCRIPTS = ['main.js', 'outbox-thread-main.js', 'check/main.js', 'migrate-store/main.js'];
const LICENCES = 'THIRD-PARTY-LICENSES.txt';

type Files = ReadonlyMap<string, string>;

function readAll(folder: string): Files {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map(({ parentPath, name }) => join(parentPath, name)).sort();
  return new Map(paths.map((path) => [path.slice(folder.length + 1), readFileSync(path, 'base64')]));
}

describe(bundleRelay.name, () => {
  let folder: string;
  let target: string;
  let files: Files;
  const textOf = (name: string): string => readFileSync(join(target, name), 'utf8');

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'bundle-relay-'));
    target = join(folder, 'relay');
    mkdirSync(join(target, 'outbox'), { recursive: true });
    for (const name of ['outbox/old.js', 'openapi.json']) writeFileSync(join(target, name), '{}');
    await bundleRelay(WORKSPACE, target);
    files = readAll(target);
  }, 120_000);
  afterAll(() => rmSync(folder, { recursive: true }));

  it('leaves nothing from before but the description of the API', () => {
    expect([...files.keys()]).toEqual([
      LICENCES,
      'api-docs/favicon-32x32.png',
      'api-docs/swagger-ui-bundle.js',
      'api-docs/swagger-ui.css',
      'check/main.js',
      'main.js',
      'migrate-store/main.js',
      'openapi.json',
      'outbox-thread-main.js',
    ]);
  });

  it('writes the same bytes as the build before', () => {
    const built = readAll(BUILT);
    expect([...files.keys()].filter((name) => built.get(name) !== files.get(name))).toEqual(['openapi.json']);
  });

  // Not by a matcher of jest: it would print two megabytes.
  const holds = (name: string, what: string | RegExp): boolean =>
    typeof what === 'string' ? textOf(name).includes(what) : what.test(textOf(name));

  it.each(SCRIPTS)('writes nothing of where it was built: %s', (name) => {
    expect(holds(name, WORKSPACE)).toBe(false);
  });

  it('keeps the names that are in logs and stack traces', () => {
    // A class that many import by that name, and so has another in the bundle.
    const named = /BadRequestException\d+=class extends [^{]+\{static\{__nameClass\(this,"BadRequestException"\)\}/;
    expect(holds('main.js', named)).toBe(true);
    expect(holds('main.js', 'async function createRelay(')).toBe(true);
    expect(holds('main.js', /__name\(([\w$]+),"\1"\)/)).toBe(false);
  });

  it('keeps what Nest injects by', () => {
    expect(holds('main.js', /"design:paramtypes",\[Object,\w+,\w+\]/)).toBe(true);
  });

  it('gives the thread nothing of the web', () => {
    const web = /node_modules\/(?:@nestjs|fastify|rxjs|pino|axios)\//;
    expect(SCRIPTS.map((name) => holds(name, web))).toEqual([true, false, true, false]);
  });

  it('leaves SQLite outside, and gives it to whoever opens a store', () => {
    expect(SCRIPTS.map((name) => holds(name, 'require("better-sqlite3")'))).toEqual([false, true, true, true]);
    expect(SCRIPTS.map((name) => holds(name, 'node_modules/pg/lib/client.js'))).toEqual([true, true, true, true]);
  });

  it('names every package with its licence', () => {
    expect(holds(LICENCES, /^The built relay contains /)).toBe(true);
    const packages = ['@nestjs/core', 'axios', 'fastify', 'kysely', 'pg', 'pg-types', 'pino', 'swagger-ui-dist'];
    const missing = packages.filter((name) => !holds(LICENCES, new RegExp(`^${name} [\\d.]+ \\(`, 'm')));
    expect(missing).toEqual([]);
  });
});
