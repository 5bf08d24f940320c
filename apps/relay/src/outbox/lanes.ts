import type { Kysely, Transaction } from 'kysely';
import { sql } from 'kysely';
import type { Waiting } from './outbox.port';
import type { OutboxSchema } from './outbox-schema';
import { upsertLanes } from './upsert-lanes';
import type { NewLaneRow } from './upsert-lanes';

export type Db = Kysely<OutboxSchema>;
export type Tx = Transaction<OutboxSchema>;

// Written out, not bound: a partial index serves only a query that names its condition.
export const IS_PENDING = sql<boolean>`state = 'pending'`;
export const IS_SETTLED = sql<boolean>`settled_at IS NOT NULL`;
export const IS_READY = sql<boolean>`due_at IS NULL AND leased = 0`;

/** What is left of an event that was erased: its message id, and what became of it. */
export const ERASED = {
  lane: null,
  other_user: null,
  body: '',
  message: null,
  warnings: '[]',
  history: '[]',
  replays: '[]',
};

/** An event that begins to wait. */
export interface Queued {
  readonly id: number;
  readonly destination: string;
  readonly queuedAt: number;
  readonly fate: Waiting;
}

interface NewLane {
  readonly first: Queued;
  createsUser: boolean;
  lastDelete: number | null;
}

/** Puts events, the oldest first, into their lanes, which are made where they are missing. What a parked lane waits for makes it ready. */
export async function queueInLanes(tx: Tx, queued: readonly Queued[]): Promise<void> {
  const lanes = new Map<string, NewLane>();
  for (const one of queued) {
    const key = `${one.destination} ${one.fate.lane}`;
    const lane = lanes.get(key) ?? { first: one, createsUser: false, lastDelete: null };
    if (one.fate.createsUser) lane.createsUser = true;
    if (one.fate.deletesUser) lane.lastDelete = one.id;
    lanes.set(key, lane);
  }
  const rows = [...lanes.values()].map(({ first, createsUser, lastDelete }): NewLaneRow => {
    const wakes = createsUser || lastDelete !== null;
    const place = [first.destination, first.fate.lane, first.id, first.queuedAt] as const;
    return [...place, wakes ? 1 : 0, createsUser ? 1 : 0, lastDelete];
  });
  await upsertLanes(tx, rows);
}

/** The names of all destinations of which events are or were kept. */
export async function listDestinations(db: Db): Promise<readonly string[]> {
  const rows = await db.selectFrom('event_counts').select('destination').distinct().execute();
  return rows.map(({ destination }) => destination);
}

/** Since when the event waits at a destination that waits longest; undefined where none does. */
export async function findOldest(db: Db, destination: string): Promise<number | undefined> {
  const lane = await db
    .selectFrom('lanes')
    .select('queued_at')
    .where('destination', '=', destination)
    .orderBy('queued_at')
    .limit(1)
    .executeTakeFirst();
  return lane?.queued_at;
}

/** Makes a lane ready that waits for its user to become known. */
export async function wakeLane(tx: Tx, destination: string, lane: string): Promise<void> {
  await tx
    .updateTable('lanes')
    .set({ woken: 1, due_at: null, attempts: 0, parked: 0 })
    .where('destination', '=', destination)
    .where('lane', '=', lane)
    .where((lanes) => lanes.or([lanes('parked', '=', 1), lanes('leased', '=', 1)]))
    .execute();
}

/** Gives lanes free that were in flight when the only process ended that had them. */
export async function freeLanesInFlight(db: Db): Promise<void> {
  await db
    .updateTable('lanes')
    .set({ leased: 0 })
    .where(sql<boolean>`leased = 1`)
    .execute();
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
        last_delete: sql`(SELECT id FROM events WHERE id = lanes.last_delete AND state = 'pending')`,
      })
      .where('destination', '=', destination)
      .where('lane', '=', lane)
      .execute();
  } else {
    await tx.deleteFrom('lanes').where('destination', '=', destination).where('lane', '=', lane).execute();
  }
  return oldest?.id;
}

// Of a long lane: more than are replayed of one user at a time.
const LOOKED_AT = 1_000;
