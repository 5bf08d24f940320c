import { sql } from 'kysely';
import { IS_PENDING } from '../schema/conditions';
import { isOneOf } from '../schema/is-one-of';
import type { Tx } from '../schema/outbox-schema';

/** How many events wait in the lane that is written. */
export const COUNT_IN_LANE = `(
  SELECT COUNT(*) FROM events
  WHERE events.destination = lanes.destination AND events.lane = lanes.lane AND events.state = 'pending'
)`;
export const COUNT_OF_LANE = sql.raw<number>(COUNT_IN_LANE);

/** Makes lanes ready that wait for their users to become known. */
export async function wakeLanes(tx: Tx, destination: string, lanes: readonly string[]): Promise<void> {
  await tx
    .updateTable('lanes')
    .set({ woken: 1, due_at: null, attempts: 0, parked: 0 })
    .where('destination', '=', destination)
    .where(isOneOf(tx, 'lane', lanes))
    .where((lane) => lane.or([lane('parked', '=', 1), lane('leased', '=', 1)]))
    .execute();
}

/** The same at other destinations of an environment. One that is in flight asks again by itself. */
export async function wakeLanesElsewhere(
  tx: Tx,
  environment: string,
  { destination, lanes }: { readonly destination: string; readonly lanes: readonly string[] },
): Promise<void> {
  if (lanes.length === 0) return;
  const sharing = tx
    .selectFrom('destination_environments')
    .select('destination')
    .where('environment', '=', environment)
    .where('in_use', '=', 1)
    .where('destination', '!=', destination);
  const parked = await tx
    .selectFrom('lanes')
    .select(['destination', 'lane'])
    .where(isOneOf(tx, 'lane', lanes))
    .where('destination', 'in', sharing)
    .where('parked', '=', 1)
    .where('leased', '=', 0)
    // Whoever holds one of them may wait for ours.
    .forUpdate()
    .skipLocked()
    .execute();
  for (const other of parked) await wakeLanes(tx, other.destination, [other.lane]);
}

/**
 * Brings a lane up to date with what waits in it. Returns the id of what waits longest; undefined where nothing does, and
 * then the lane is gone.
 */
export async function refreshLane(tx: Tx, destination: string, lane: string): Promise<number | undefined> {
  const first = await tx
    .selectFrom('events')
    .select(['id', 'queued_at'])
    .where('destination', '=', destination)
    .where('lane', '=', lane)
    .where(IS_PENDING)
    .orderBy('id')
    .limit(LOOKED_AT)
    .execute();
  const [oldest] = first;
  if (oldest) {
    await tx
      .updateTable('lanes')
      .set({
        oldest_event: oldest.id,
        // What was replayed lately stands before what has waited for longer.
        queued_at: Math.min(...first.map(({ queued_at }) => queued_at)),
        last_delete: sql`(
          SELECT id FROM events
          WHERE id = lanes.last_delete AND destination = lanes.destination AND state = 'pending'
        )`,
        parked_events: sql`CASE WHEN parked = 1 THEN ${COUNT_OF_LANE} ELSE parked_events END`,
      })
      .where('destination', '=', destination)
      .where('lane', '=', lane)
      .execute();
  } else {
    await tx.deleteFrom('lanes').where('destination', '=', destination).where('lane', '=', lane).execute();
  }
  return oldest?.id;
}

/** How many events of a long lane are looked at: more than are replayed of one user at a time. */
export const LOOKED_AT = 1_000;
