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
const IF_NEW = 'ON CONFLICT (destination, message_id) DO NOTHING';
const INSERTED = 'id, destination, message_id';

// SQLite: run for each event: this is where all traffic comes through, and half as quick again as rows that are put together
// into one. Without RETURNING: for that SQLite first copies every page that a row changes.
const INSERT_ONE = `${INSERT} VALUES (${NAMES.map(() => '?').join(', ')}, ${UNTRIED}) ${IF_NEW}`;
// What is not new may use up an id, too.
const LOAD_LAST = `SELECT ${INSERTED} FROM events WHERE id > ? ORDER BY id DESC LIMIT ?`;

// PostgreSQL: a column each, so that the statement is the same for any number of rows. Bodies are most of it: JSON holds no
// control character, so that they can be told apart by one, and none of them has to be quoted.
const SEPARATOR = '\u001e';
const ARRAYS = NAMES.map((name, index) =>
  name === 'body' ? `string_to_array($${index + 1}::text, chr(30))` : `$${index + 1}::${COLUMNS[name]}[]`,
);
const INSERT_ALL = `${INSERT} SELECT *, ${UNTRIED} FROM unnest(${ARRAYS.join(', ')}) ${IF_NEW} RETURNING ${INSERTED}`;

type Inserted = Pick<NewRow, 'destination' | 'message_id'> & { readonly id: number };

/** Inserts events, ids in their order. Returns the id of each; undefined where its message id is there already. */
export async function insertEvents(tx: Tx, rows: readonly NewRow[]): Promise<readonly (number | undefined)[]> {
  if (rows.length === 0) return [];
  if (isPostgres(tx)) return idsOf(rows, await load(tx, INSERT_ALL, toColumns(rows)));
  const values = rows.map((row) => NAMES.map((name) => row[name]));
  const { numAffectedRows, insertId } = await tx.executeQuery(CompiledQuery.raw(INSERT_ONE, [values]));
  const before = Number(insertId) - rows.length;
  // Nearly always all are new, and nobody else writes: their ids follow each other.
  if (Number(numAffectedRows) === rows.length) return rows.map((_, at) => before + 1 + at);
  return idsOf(rows, await load(tx, LOAD_LAST, [before, numAffectedRows]));
}

async function load(tx: Tx, query: string, parameters: unknown[]): Promise<readonly Inserted[]> {
  return (await tx.executeQuery<Inserted>(CompiledQuery.raw(query, parameters))).rows;
}

function idsOf(rows: readonly NewRow[], inserted: readonly Inserted[]): readonly (number | undefined)[] {
  const ids = new Map(inserted.map((row) => [keyOf(row), row.id]));
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
