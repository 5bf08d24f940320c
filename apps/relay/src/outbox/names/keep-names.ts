import { MOST_NAMES } from '../port/event-names';
import { executeForRows } from '../schema/execute-for-rows';
import type { RowStatement } from '../schema/execute-for-rows';
import type { NameKind, Tx } from '../schema/outbox-schema';
import { OTHERS } from './counted-name';
import type { CountedName } from './counted-name';

type Place = Pick<CountedName, 'scope' | 'kind'>;

/**
 * Adds to what is kept of names, given in the order in which they are written: in one statement, unless there is a name that was
 * not seen before. Of those only as many are kept apart as may be; what comes under others is counted together.
 */
export async function keepNames(tx: Tx, names: readonly CountedName[]): Promise<void> {
  const kept = await executeForRows<KeptName>(tx, ADD_TO_KNOWN, names.map(toRow));
  if (kept.length === names.length) return;
  const known = new Set(kept.map(keyOf));
  const unknown = new Map<string, CountedName[]>();
  for (const one of names.filter((name) => !known.has(keyOf(name)))) {
    const key = `${one.scope} ${one.kind}`;
    const there = unknown.get(key);
    if (there) there.push(one);
    else unknown.set(key, [one]);
  }
  for (const there of unknown.values()) await addUnknown(tx, there);
}

/** Names of one place that are not there yet. */
async function addUnknown(tx: Tx, names: readonly CountedName[]): Promise<void> {
  const [first] = names;
  if (!first) return;
  let room = MOST_NAMES - (await countKept(tx, first));
  if (room < names.length) {
    await forgetOld(tx, first);
    room = MOST_NAMES - (await countKept(tx, first));
  }
  const apart = names.slice(0, Math.max(0, room));
  const others = names.slice(apart.length);
  await executeForRows(tx, ADD, apart.map(toRow));
  if (others.length > 0) await executeForRows(tx, ADD, [toRow(together(first, others))]);
}

async function countKept(tx: Tx, { scope, kind }: Place): Promise<number> {
  const { count } = await tx
    .selectFrom('event_names')
    .select((row) => row.fn.countAll<number>().as('count'))
    .where('scope', '=', scope)
    .where('kind', '=', kind)
    .where('name', '!=', OTHERS)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** What was not sent for thirteen months, where the place is needed. */
async function forgetOld(tx: Tx, { scope, kind, at }: CountedName): Promise<void> {
  await tx
    .deleteFrom('event_names')
    .where('scope', '=', scope)
    .where('kind', '=', kind)
    .where('last_at', '<', at - OLD_MS)
    .execute();
}

function together({ scope, kind }: Place, names: readonly CountedName[]): CountedName {
  const sum = { scope, kind, name: OTHERS, at: 0, events: 0, refused: 0, isRefused: false };
  for (const { at, events, refused } of names) {
    sum.at = Math.max(sum.at, at);
    sum.events += events;
    sum.refused += refused;
  }
  return sum;
}

const OLD_MS = 396 * 86_400_000;

interface KeptName {
  readonly scope: string;
  readonly kind: NameKind;
  readonly name: string;
}

function keyOf({ scope, kind, name }: KeptName): string {
  return JSON.stringify([scope, kind, name]);
}

function toRow({ scope, kind, name, at, events, refused, isRefused }: CountedName): readonly unknown[] {
  // Nobody has to be told of what is not sent.
  const told = kind === 'sent' && name !== OTHERS ? 0 : 1;
  return [scope, kind, name, at, at, events, refused, isRefused ? at : null, told];
}

const COLUMNS = 'scope, kind, name, first_at, last_at, events, refused, refused_at, told';
const NEW = {
  one: `(SELECT ${COLUMNS.split(', ')
    .map((name) => `? AS ${name}`)
    .join(', ')}) AS new`,
  all: `unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[],
    $9::bigint[]) AS new (${COLUMNS})`,
};

function addWhere(condition: string): RowStatement {
  const statement = (rows: string) => `INSERT INTO event_names (${COLUMNS})
    SELECT ${COLUMNS} FROM ${rows} WHERE ${condition} ORDER BY scope, kind, name
    ON CONFLICT (scope, kind, name) DO UPDATE SET
      last_at = CASE WHEN excluded.last_at > event_names.last_at THEN excluded.last_at ELSE event_names.last_at END,
      events = event_names.events + excluded.events,
      refused = event_names.refused + excluded.refused,
      refused_at = CASE
        WHEN excluded.refused_at IS NOT NULL THEN excluded.refused_at
        WHEN excluded.events > 0 THEN NULL
        ELSE event_names.refused_at
      END
    RETURNING scope, kind, name`;
  return { one: statement(NEW.one), all: statement(NEW.all) };
}

const ADD = addWhere('1 = 1');
const ADD_TO_KNOWN = addWhere(`EXISTS (
  SELECT 1 FROM event_names AS old WHERE old.scope = new.scope AND old.kind = new.kind AND old.name = new.name
)`);
