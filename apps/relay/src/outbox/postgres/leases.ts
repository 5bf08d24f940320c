import { sql } from 'kysely';
import { isOneOf } from '../schema/is-one-of';
import { keptQuery } from '../schema/kept-query';
import type { Db, Flag, Tx } from '../schema/outbox-schema';
import type { Turn } from '../port/turn';
import { freedInDoubt } from '../turns/doubts';

/** A turn in flight, and until when its lanes are nobody else's. Epoch milliseconds of the database's clock. */
interface LeaseColumns {
  /** `Turn.id`. */
  turn: number;
  destination: string;
  /** JSON array. */
  lanes: string;
  expires_at: number;
  is_purge: Flag;
}

/** One row: which process keeps house. */
interface HousekeepingColumns {
  id: 1;
  keeper: string;
  expires_at: number;
}

/** One clock for all processes: epoch milliseconds of the database. */
export const NOW = sql<number>`(EXTRACT(EPOCH FROM clock_timestamp()) * 1000)::bigint`;

function leasesIn(db: Db) {
  return db.withTables<{ leases: LeaseColumns; housekeeping: HousekeepingColumns }>();
}

/** The database's clock, epoch milliseconds. */
export async function readClock(db: Db): Promise<number> {
  const { rows } = await sql<{ now: number }>`SELECT ${NOW} AS now`.execute(db);
  return rows[0]?.now ?? 0;
}

/** Keeps a lease of so many milliseconds for each turn. */
export async function openLeases(tx: Tx, turns: readonly Turn[], leaseMs: number): Promise<void> {
  const rows = turns.map(({ id, destination, lanes, isPurge }) => {
    return { turn: id, destination, lanes: JSON.stringify(lanes.map(({ lane }) => lane)), is_purge: isPurge ? 1 : 0 };
  });
  await sql`
    INSERT INTO leases (turn, destination, lanes, is_purge, expires_at)
    SELECT turn, destination, lanes, is_purge, ${NOW} + ${leaseMs}::bigint
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS new (turn bigint, destination text, lanes text, is_purge bigint)
  `.execute(tx);
}

/** What other processes have in flight at a destination. */
export interface InFlightElsewhere {
  readonly hasPurge: boolean;
  /** In how many milliseconds the first of their leases expires, if it is not renewed; undefined where there is none. */
  readonly firstExpiryMs: number | undefined;
}

/**
 * Frees the lanes of others' leases at a destination that have expired, and tells of those that have not. Not of its `own`
 * turns: a process that is late because the database was away still settles them, and would only send them twice.
 */
export async function takeOver(tx: Tx, destination: string, own: ReadonlySet<number>): Promise<InFlightElsewhere> {
  const leases = await selectLeases(tx, { destination });
  const others = leases.filter(({ turn }) => !own.has(turn));
  const expired = others.filter(({ left }) => left <= 0);
  const lost = expired.map(({ turn }) => turn);
  if (lost.length > 0) await giveBack(tx, lost, { ifExpired: true });
  const good = others.filter(({ left }) => left > 0);
  return {
    hasPurge: good.some(({ is_purge }) => is_purge === 1),
    firstExpiryMs: good.length === 0 ? undefined : Math.min(...good.map(({ left }) => left)),
  };
}

const selectLeases = keptQuery((db, { destination }: { readonly destination: string }) =>
  leasesIn(db)
    .selectFrom('leases')
    .select(['turn', 'is_purge', sql<number>`expires_at - ${NOW}`.as('left')])
    .where('destination', '=', destination),
);

/**
 * Ends the leases of turns. Returns the transaction that does so by turn, of those whose leases were still there: who was silent
 * for too long has lost it.
 */
export async function endLeases(tx: Tx, turns: readonly number[]): Promise<ReadonlyMap<number, string>> {
  const ended = await deleteLeases(tx, { turns });
  return new Map(ended.map(({ turn, transaction }) => [turn, transaction]));
}

const deleteLeases = keptQuery((db, { turns }: { readonly turns: readonly number[] }) =>
  leasesIn(db)
    .deleteFrom('leases')
    .where(isOneOf(db, 'turn', turns))
    .returning(['turn', sql<string>`pg_current_xact_id()::text`.as('transaction')]),
);

/** Whether a transaction of some time ago has committed, though nobody may have heard so. */
export async function hasCommitted(db: Db, transaction: string): Promise<boolean> {
  const query = sql<{ status: string }>`SELECT pg_xact_status(${transaction}::text::xid8) AS status`;
  return (await query.execute(db)).rows[0]?.status === 'committed';
}

/**
 * The heart-beat of turns: their leases last so many milliseconds from now on. Returns how many of them were still there:
 * one that was lost stays so.
 */
export async function renewLeases(db: Db, turns: readonly number[], leaseMs: number): Promise<number> {
  const { numUpdatedRows } = await leasesIn(db)
    .updateTable('leases')
    .set({ expires_at: sql<number>`${NOW} + ${leaseMs}::bigint` })
    .where(isOneOf(db, 'turn', turns))
    .executeTakeFirstOrThrow();
  return Number(numUpdatedRows);
}

/** Makes a process the one that keeps house for so many milliseconds, unless another is. Returns whether it is now. */
export async function takeHousekeeping(db: Db, keeper: string, leaseMs: number): Promise<boolean> {
  const expires_at = sql<number>`${NOW} + ${leaseMs}::bigint`;
  const taken = await leasesIn(db)
    .insertInto('housekeeping')
    .values({ id: 1, keeper, expires_at })
    .onConflict((conflict) =>
      conflict
        .column('id')
        .doUpdateSet({ keeper, expires_at })
        .where((row) => row.or([row('housekeeping.keeper', '=', keeper), row('housekeeping.expires_at', '<=', NOW)])),
    )
    .returning('id')
    .executeTakeFirst();
  return taken !== undefined;
}

/** Lets another process keep house. */
export async function leaveHousekeeping(db: Db, keeper: string): Promise<void> {
  await leasesIn(db).deleteFrom('housekeeping').where('keeper', '=', keeper).execute();
}

/** Gives back the lanes of turns that nobody will settle; with `ifExpired` but those whose leases have not been renewed. */
export async function giveBack(tx: Tx, turns: readonly number[], { ifExpired = false } = {}): Promise<void> {
  let leases = leasesIn(tx).deleteFrom('leases').where('turn', 'in', turns);
  if (ifExpired) leases = leases.where('expires_at', '<=', NOW);
  for (const lease of await leases.returning(['destination', 'lanes']).execute()) await freeLanes(tx, lease);
}

/** Locks lanes, in the order in which everybody does: nobody ends them, and nothing comes to them meanwhile. */
export async function lockLanes(tx: Tx, destination: string, lanes: readonly string[]): Promise<void> {
  await selectToLock(tx, { destination, lanes });
}

interface Named {
  readonly destination: string;
  readonly lanes: readonly string[];
}

const selectToLock = keptQuery((db, { destination, lanes }: Named) =>
  db
    .selectFrom('lanes')
    .select('lane')
    .where('destination', '=', destination)
    .where(isOneOf(db, 'lane', lanes))
    .orderBy('lane')
    .forUpdate(),
);

async function freeLanes(tx: Tx, lease: Pick<LeaseColumns, 'destination' | 'lanes'>): Promise<void> {
  const lanes = JSON.parse(lease.lanes) as readonly string[];
  await lockLanes(tx, lease.destination, lanes);
  await tx
    .updateTable('lanes')
    .set(freedInDoubt(NOW))
    .where('destination', '=', lease.destination)
    .where('lane', 'in', lanes)
    .execute();
}
