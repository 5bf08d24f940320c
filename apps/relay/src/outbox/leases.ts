import { sql } from 'kysely';
import type { Db, Tx } from './lanes';
import type { Turn } from './outbox.port';

/** A turn in flight, and until when its lanes are nobody else's. Epoch milliseconds of the database's clock. */
interface LeaseTable {
  /** The turn's first place in the budget: no other turn ever has it. */
  turn: number;
  destination: string;
  /** JSON array. */
  lanes: string;
  expires_at: number;
}

// One clock for all processes.
const NOW = sql<number>`(EXTRACT(EPOCH FROM clock_timestamp()) * 1000)::bigint`;

function leasesIn(db: Db) {
  return db.withTables<{ leases: LeaseTable }>();
}

/** Keeps a lease of so many milliseconds for a turn. */
export async function openLease(tx: Tx, { slot, destination, lanes }: Turn, leaseMs: number): Promise<void> {
  await leasesIn(tx)
    .insertInto('leases')
    .values({
      turn: slot,
      destination,
      lanes: JSON.stringify(lanes.map(({ lane }) => lane)),
      expires_at: sql<number>`${NOW} + ${leaseMs}::bigint`,
    })
    .execute();
}

/** Ends the lease of a turn. Returns whether it was still there: who was silent for too long has lost it. */
export async function endLease(tx: Tx, { slot }: Turn): Promise<boolean> {
  const { numDeletedRows } = await leasesIn(tx).deleteFrom('leases').where('turn', '=', slot).executeTakeFirstOrThrow();
  return numDeletedRows === 1n;
}

/** The heart-beat of turns: their leases last so many milliseconds from now on. One that was lost stays so. */
export async function renewLeases(db: Db, turns: readonly number[], leaseMs: number): Promise<void> {
  await leasesIn(db)
    .updateTable('leases')
    .set({ expires_at: sql<number>`${NOW} + ${leaseMs}::bigint` })
    .where('turn', 'in', turns)
    .execute();
}

/** Frees the lanes of leases at a destination that have expired. */
export async function takeOver(tx: Tx, destination: string): Promise<void> {
  const expired = await leasesIn(tx)
    .deleteFrom('leases')
    .where('destination', '=', destination)
    .where('expires_at', '<=', NOW)
    .returning(['destination', 'lanes'])
    .execute();
  for (const lease of expired) await freeLanes(tx, lease);
}

/** Gives back the lanes of turns that nobody will settle. */
export async function giveBack(tx: Tx, turns: readonly number[]): Promise<void> {
  const given = await leasesIn(tx)
    .deleteFrom('leases')
    .where('turn', 'in', turns)
    .returning(['destination', 'lanes'])
    .execute();
  for (const lease of given) await freeLanes(tx, lease);
}

/** Locks lanes, in the order in which everybody does: nobody ends them, and nothing comes to them meanwhile. */
export async function lockLanes(tx: Tx, destination: string, lanes: readonly string[]): Promise<void> {
  await tx
    .selectFrom('lanes')
    .select('lane')
    .where('destination', '=', destination)
    .where('lane', 'in', lanes)
    .orderBy('lane')
    .forUpdate()
    .execute();
}

async function freeLanes(tx: Tx, lease: Pick<LeaseTable, 'destination' | 'lanes'>): Promise<void> {
  const lanes = JSON.parse(lease.lanes) as readonly string[];
  await lockLanes(tx, lease.destination, lanes);
  await tx
    .updateTable('lanes')
    .set({ leased: 0 })
    .where('destination', '=', lease.destination)
    .where('lane', 'in', lanes)
    .execute();
}
