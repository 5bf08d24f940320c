import { executeForRows } from '../schema/execute-for-rows';
import type { RowStatement } from '../schema/execute-for-rows';
import type { Tx } from '../schema/outbox-schema';
import type { MonthMarks } from '../usage/month-marks';
import { asBuffer } from './keep-memories';
import type { MemoryNews } from './keep-memories';

/** That UserLeap knows a user. */
export interface Learning {
  readonly at: number;
  /** Something of the user was kept already, as it seemed. */
  readonly isKept: boolean;
}

/** That UserLeap does not know a user. */
export interface LookUp {
  readonly userId: string;
  readonly at: number;
  /** How often it was looked up in vain. */
  readonly lookUps: number;
  /** When to ask again. */
  readonly lookUpAt: number | null;
}

/**
 * Notes that UserLeap knows users. Returns those who were not known before: with them was written down what UserLeap was told.
 * Those of whom nothing was kept at all have their marks of the month from the beginning: most new users are written once.
 */
export async function rememberKnown(
  tx: Tx,
  usersKey: string,
  known: ReadonlyMap<string, Learning>,
  { memories, marks }: { readonly memories: ReadonlyMap<string, MemoryNews>; readonly marks: MonthMarks },
): Promise<readonly string[]> {
  const rowOf = ([userId, { at }]: readonly [string, Learning]): readonly unknown[] => {
    return [usersKey, userId, at, asBuffer(memories.get(userId)?.memory)];
  };
  const fresh = [...known].filter(([, { isKept }]) => !isKept);
  const rows = fresh.map((one) => [...rowOf(one), marks.monthOf(one[0])]);
  const isNew = new Set(await execute(tx, INSERT_NEW, rows));
  for (const userId of isNew) marks.made(userId);
  const others = [...known].filter(([userId]) => !isNew.has(userId));
  return [...isNew, ...(await execute(tx, REMEMBER, others.map(rowOf)))];
}

/** Notes that UserLeap does not know users: what it was told of them is void. */
export async function rememberUnknown(tx: Tx, usersKey: string, lookUps: readonly LookUp[]): Promise<void> {
  const rows = lookUps.map(({ userId, at, lookUps, lookUpAt }) => [usersKey, userId, at, lookUps, lookUpAt]);
  await executeForRows(tx, REMEMBER_UNKNOWN, rows);
}

async function execute(
  tx: Tx,
  statement: RowStatement,
  rows: readonly (readonly unknown[])[],
): Promise<readonly string[]> {
  return (await executeForRows<{ user_id: string }>(tx, statement, rows)).map(({ user_id }) => user_id);
}

// All in one order: two that learn of the same users never wait for each other.
const INSERT = 'INSERT INTO environment_users (environment, user_id, learnt_at, known, look_ups, look_up_at, told';
const IF_NEW = 'ON CONFLICT (environment, user_id) DO NOTHING RETURNING user_id';
const INSERT_NEW = {
  one: `${INSERT}, tracked) VALUES (?, ?, ?, 1, 0, NULL, ?, ?) ${IF_NEW}`,
  all: `${INSERT}, tracked) SELECT environment, user_id, learnt_at, 1, 0, NULL, told, tracked
    FROM unnest($1::text[], $2::text[], $3::bigint[], $4::bytea[], $5::integer[])
      AS new (environment, user_id, learnt_at, told, tracked)
    ORDER BY environment, user_id ${IF_NEW}`,
};
const IF_NEWS = `ON CONFLICT (environment, user_id) DO UPDATE
  SET known = 1, learnt_at = excluded.learnt_at, look_ups = 0, look_up_at = NULL, told = excluded.told
  WHERE environment_users.known = 0 RETURNING user_id`;
const REMEMBER = {
  one: `${INSERT}) VALUES (?, ?, ?, 1, 0, NULL, ?) ${IF_NEWS}`,
  all: `${INSERT}) SELECT environment, user_id, learnt_at, 1, 0, NULL, told
    FROM unnest($1::text[], $2::text[], $3::bigint[], $4::bytea[]) AS new (environment, user_id, learnt_at, told)
    ORDER BY environment, user_id ${IF_NEWS}`,
};
const NOT_KNOWN = `ON CONFLICT (environment, user_id) DO UPDATE
  SET known = 0, learnt_at = excluded.learnt_at, look_ups = excluded.look_ups, look_up_at = excluded.look_up_at, told = NULL`;
const REMEMBER_UNKNOWN = {
  one: `${INSERT}) VALUES (?, ?, ?, 0, ?, ?, NULL) ${NOT_KNOWN}`,
  all: `${INSERT}) SELECT environment, user_id, learnt_at, 0, look_ups, look_up_at, NULL
    FROM unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[], $5::bigint[])
      AS new (environment, user_id, learnt_at, look_ups, look_up_at)
    ORDER BY environment, user_id ${NOT_KNOWN}`,
};
