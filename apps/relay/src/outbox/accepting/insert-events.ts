import { CompiledQuery } from 'kysely';
import type { Insertable } from 'kysely';
import { isPostgres } from '../schema/is-postgres';
import type { EventColumns, Tx } from '../schema/outbox-schema';

/** What differs between events that are new. */
export type NewRow = Omit<
  Insertable<EventColumns>,
  'id' | 'attempts' | 'history' | 'requests' | 'replays' | 'claimed_at'
>;

const COLUMNS: Readonly<Record<keyof NewRow, 'text' | 'bigint' | 'smallint'>> = {
  destination: 'text',
  message_id: 'text',
  type: 'text',
  body: 'text',
  accepted_at: 'bigint',
  queued_at: 'bigint',
  state: 'text',
  reason: 'text',
  message: 'text',
  warnings: 'text',
  settled_at: 'bigint',
  lane: 'text',
  other_user: 'text',
  anonymous_id: 'text',
  backfilled: 'smallint',
  event_name: 'text',
};
const NAMES = Object.keys(COLUMNS) as readonly (keyof NewRow)[];

const INSERT = `INSERT INTO events (${NAMES.join(', ')}, attempts, history)`;
const UNTRIED = "0, '[]'";
const IF_NEW = 'ON CONFLICT (destination, message_id) DO NOTHING RETURNING id, destination, message_id';

// SQLite: run for each event: this is where all traffic comes through, and half as quick again as rows that are put together
// into one.
const INSERT_ONE = `${INSERT} VALUES (${NAMES.map(() => '?').join(', ')}, ${UNTRIED}) ${IF_NEW}`;

// PostgreSQL: a column each, so that the statement is the same for any number of rows. Bodies are most of it: JSON holds no
// control character, so that they can be told apart by one, and none of them has to be quoted.
const SEPARATOR = '\u001e';
const ARRAYS = NAMES.map((name, index) =>
  name === 'body' ? `string_to_array($${index + 1}::text, chr(30))` : `$${index + 1}::${COLUMNS[name]}[]`,
);
const INSERT_ALL = `${INSERT} SELECT *, ${UNTRIED} FROM unnest(${ARRAYS.join(', ')}) ${IF_NEW}`;

type Inserted = Pick<NewRow, 'destination' | 'message_id'> & { readonly id: number };

/** Inserts events, ids in their order. Returns the id of each; undefined where its message id is there already. */
export async function insertEvents(tx: Tx, rows: readonly NewRow[]): Promise<readonly (number | undefined)[]> {
  if (rows.length === 0) return [];
  const query = isPostgres(tx)
    ? CompiledQuery.raw(INSERT_ALL, toColumns(rows))
    : CompiledQuery.raw(INSERT_ONE, [rows.map((row) => NAMES.map((name) => row[name]))]);
  const inserted = await tx.executeQuery<Inserted>(query);
  const ids = new Map(inserted.rows.map((row) => [keyOf(row), row.id]));
  return rows.map((row) => {
    const id = ids.get(keyOf(row));
    // The first of those that are alike is the one that was kept.
    ids.delete(keyOf(row));
    return id;
  });
}

function toColumns(rows: readonly NewRow[]): unknown[] {
  return NAMES.map((name) => {
    const values = rows.map((row) => row[name]);
    return name === 'body' ? values.join(SEPARATOR) : values;
  });
}

function keyOf({ destination, message_id }: Pick<NewRow, 'destination' | 'message_id'>): string {
  return `${destination}\n${message_id}`;
}
