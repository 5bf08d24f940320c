import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeOnPostgres } from '../../test/postgres/describe-on-postgres';
import type { OwnSchema } from '../../test/postgres/describe-on-postgres';
import { track } from '../../test/outbox-suite/sample-events';
import { useOwnSqliteErrors } from '../../test/own-sqlite-errors';
import { openSqlite } from '../outbox/sqlite/open-sqlite';
import { SqliteOutbox } from '../outbox/sqlite/sqlite-outbox';
import { run } from './run';
import { USAGE } from './usage';

const SECRET = 'topsecret';

describeOnPostgres(run.name, (createSchema) => {
  let schema: OwnSchema;
  let folder: string;
  let path: string;
  let output: string;
  let url: string;
  beforeAll(async () => {
    useOwnSqliteErrors();
    schema = await createSchema();
  });
  afterAll(() => schema.remove());
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'relay-move-'));
    path = join(folder, 'relay.db');
    // A server that trusts whoever is on its machine asks for no password.
    const own = new URL(schema.url);
    own.password ||= SECRET;
    url = own.href;
  });
  afterEach(() => {
    expect(output).not.toContain(new URL(url).password);
    rmSync(folder, { recursive: true });
  });

  async function createStore(): Promise<SqliteOutbox> {
    const outbox = await SqliteOutbox.create(await openSqlite(path), { backlogLimit: 10, parkedLimit: 10 });
    await outbox.accept([track('one')]);
    return outbox;
  }

  async function exitCodeOf(...args: readonly string[]): Promise<number> {
    output = '';
    const write = (text: string) => (output += text);
    return run(args, { isTerminal: false, write }, (text) => write(`! ${text}\n`));
  }

  const move = (to = url) => exitCodeOf('--from', `sqlite:${path}`, '--to', to, '--schema', schema.name);

  it('moves a store once', async () => {
    await (await createStore()).close();
    expect([await move(), output]).toEqual([
      0,
      expect.stringMatching(/^\d+ rows to copy\.\n[^!]+Moved, and both hold/),
    ]);
    expect([await move(), output]).toEqual([0, 'This store was moved to this database already.\n']);
  });

  it('fails while a relay has the file', async () => {
    const outbox = await createStore();
    expect([await move(), output]).toEqual([
      1,
      expect.stringContaining('! migrate-store: another relay uses this store'),
    ]);
    await outbox.close();
  });

  it('fails where there is no store, and makes none', async () => {
    expect([await move(), output]).toEqual([1, '! migrate-store: --from: there is no such file\n']);
    expect(existsSync(path)).toBe(false);
  });

  it('fails where the database cannot be reached', async () => {
    await (await createStore()).close();
    const nowhere = new URL(url);
    nowhere.port = '1';
    expect([await move(nowhere.href), output]).toEqual([1, expect.stringContaining('ECONNREFUSED')]);
  });

  it('tells wrong arguments by another exit code', async () => {
    expect([await exitCodeOf('--to', url), output]).toEqual([2, '! migrate-store: --from: expected sqlite:PATH\n']);
    expect([await exitCodeOf(url), output]).toEqual([2, expect.stringContaining('! migrate-store: expected --from')]);
  });

  it('gives help', async () => {
    expect([await exitCodeOf('--help'), output]).toEqual([0, `${USAGE}\n`]);
  });
});
