import { sql } from 'kysely';
import { sharingDestinations } from '../environments';
import { IS_PENDING } from '../schema/conditions';
import { isOneOf } from '../schema/is-one-of';
import { keptQuery } from '../schema/kept-query';
import type { Flag, Tx } from '../schema/outbox-schema';

/** How many events wait in the lane that is written. */
export const COUNT_IN_LANE = `(
  SELECT COUNT(*) FROM events
  WHERE events.destination = lanes.destination AND events.lane = lanes.lane AND events.state = 'pending'
)`;
export const COUNT_OF_LANE = sql.raw<number>(COUNT_IN_LANE);

/** How many events of a long lane are looked at: more than are replayed of one user at a time. */
export const LOOKED_AT = 1_000;

/**
 * Where a lane stands, in SQL over the first events of it: by its oldest live event, or by the oldest. What was replayed lately stands
 * before what has waited for longer. Where all that is looked at is backfilled, something live may stand behind it (null): the lane stays what it is.
 */
export const RANK = {
  id: 'COALESCE(MIN(CASE WHEN backfilled = 0 THEN id END), MIN(id))',
  queued_at: `COALESCE(MIN(CASE WHEN backfilled = 0 OR attempts > 0 THEN queued_at END), MIN(queued_at))`,
  backfilled: `CASE WHEN MIN(backfilled) = 1 AND COUNT(*) = ${LOOKED_AT} THEN NULL ELSE MIN(backfilled) END`,
};

/** Makes lanes ready that wait for their users to become known. */
export async function wakeLanes(tx: Tx, destination: string, lanes: readonly string[]): Promise<void> {
  if (lanes.length > 0) await updateWoken(tx, { destination, lanes });
}

interface Named {
  readonly destination: string;
  readonly lanes: readonly string[];
}

const updateWoken = keptQuery((db, { destination, lanes }: Named) =>
  db
    .updateTable('lanes')
    .set({ woken: 1, due_at: null, attempts: 0, parked: 0 })
    .where('destination', '=', destination)
    .where(isOneOf(db, 'lane', lanes))
    .where((lane) => lane.or([lane('parked', '=', 1), lane('leased', '=', 1)])),
);

/** The same at other destinations of an environment. One that is in flight asks again by itself. */
export async function wakeLanesElsewhere(
  tx: Tx,
  environment: string,
  { destination, lanes }: { readonly destination: string; readonly lanes: readonly string[] },
): Promise<void> {
  if (lanes.length === 0) return;
  const parked = await selectElsewhere(tx, { environment, destination, lanes });
  for (const other of parked) await wakeLanes(tx, other.destination, [other.lane]);
}

interface NamedElsewhere extends Named {
  readonly environment: string;
}

const selectElsewhere = keptQuery((db, { environment, destination, lanes }: NamedElsewhere) => {
  const sharing = sharingDestinations(db, environment, destination);
  return (
    db
      .selectFrom('lanes')
      .select(['destination', 'lane'])
      .where(isOneOf(db, 'lane', lanes))
      .where('destination', 'in', sharing)
      .where('parked', '=', 1)
      .where('leased', '=', 0)
      // Whoever holds one of them may wait for ours.
      .forUpdate()
      .skipLocked()
  );
});

/**
 * Brings a lane up to date with what waits in it. Returns the id of what waits longest; undefined where nothing does, and
 * then the lane is gone.
 */
export async function refreshLane(tx: Tx, destination: string, lane: string): Promise<number | undefined> {
  const first = tx
    .selectFrom('events')
    .select(['id', 'queued_at', 'attempts', 'backfilled'])
    .where('destination', '=', destination)
    .where('lane', '=', lane)
    .where(IS_PENDING)
    .orderBy('id')
    .limit(LOOKED_AT);
  const { oldest, id, queued_at, backfilled } = await tx
    .selectFrom(first.as('waiting'))
    .select([
      sql<number | null>`MIN(id)`.as('oldest'),
      sql<number>`${sql.raw(RANK.id)}`.as('id'),
      sql<number>`${sql.raw(RANK.queued_at)}`.as('queued_at'),
      sql<Flag | null>`${sql.raw(RANK.backfilled)}`.as('backfilled'),
    ])
    .executeTakeFirstOrThrow();
  if (oldest !== null) {
    await tx
      .updateTable('lanes')
      .set({
        queued_at,
        ...(backfilled === null
          ? { oldest_event: sql<number>`CASE WHEN backfilled = 0 THEN oldest_event ELSE ${id} END` }
          : { oldest_event: id, backfilled }),
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
  return oldest ?? undefined;
}
