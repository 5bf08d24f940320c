import Database from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import { isOneOf } from './is-one-of';
import { keptQuery } from './kept-query';
import type { OutboxSchema } from './outbox-schema';

describe(keptQuery.name, () => {
  let db: Kysely<OutboxSchema>;
  beforeEach(() => {
    const database = new Database(':memory:');
    database.exec(`CREATE TABLE secrets (id TEXT, value TEXT); INSERT INTO secrets VALUES ('a', 'one'), ('b', 'two')`);
    db = new Kysely<OutboxSchema>({ dialect: new SqliteDialect({ database }) });
  });
  afterEach(() => db.destroy());

  it('is built once, and finds what is asked for each time', async () => {
    let built = 0;
    const find = keptQuery((on, given: { readonly ids: readonly string[]; readonly limit: number }) => {
      built += 1;
      return on
        .selectFrom('secrets')
        .select('value')
        .where(isOneOf(on, 'id', given.ids))
        .limit(given.limit);
    });
    expect(await find(db, { ids: ['a', 'c'], limit: 5 })).toEqual([{ value: 'one' }]);
    expect(await find(db, { ids: ['b', 'a'], limit: 5 })).toHaveLength(2);
    expect(await find(db, { ids: ['b', 'a'], limit: 1 })).toHaveLength(1);
    expect(built).toBe(1);
  });

  it('lets nobody reckon with what is not there yet', async () => {
    const find = keptQuery((on, given: { readonly id: string }) =>
      on.selectFrom('secrets').select('value').where('id', '=', `${given.id}!`),
    );
    await expect(find(db, { id: 'a' })).rejects.toThrow('id: expected to be handed to the query as it is');
  });
});
