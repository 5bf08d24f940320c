import type { Insertable, Kysely, Transaction } from 'kysely';
import { sql } from 'kysely';
import { toEventRecord } from './event-record';
import type {
  AttemptResult,
  DueLane,
  EventFilter,
  EventRecord,
  LaneKey,
  NewEvent,
  NextAttempt,
  OutboxPort,
  PendingEvent,
} from './outbox.port';
import type { EventTable, OutboxSchema } from './outbox-schema';

// SQLite takes 32,766 variables a statement.
const ROWS_PER_INSERT = 1_000;

/** The outbox in one SQLite file, for one process. */
export class SqliteOutbox implements OutboxPort {
  readonly #db: Kysely<OutboxSchema>;

  constructor(db: Kysely<OutboxSchema>) {
    this.#db = db;
  }

  async accept(events: readonly NewEvent[]): Promise<void> {
    await this.#db.transaction().execute(async (transaction) => {
      for (let at = 0; at < events.length; at += ROWS_PER_INSERT) {
        await insertEvents(transaction, events.slice(at, at + ROWS_PER_INSERT));
      }
    });
  }

  async findDueLane(
    destinations: readonly string[],
    now: number,
    except: readonly LaneKey[],
  ): Promise<DueLane | undefined> {
    return this.#waitingLanes(destinations, except)
      .select(['destination', 'lane', 'attempts'])
      .where('due_at', '<=', now)
      .orderBy('oldest_event')
      .limit(1)
      .executeTakeFirst();
  }

  async findNextDue(destinations: readonly string[], except: readonly LaneKey[]): Promise<number | undefined> {
    const row = await this.#waitingLanes(destinations, except)
      .select((lane) => lane.fn.min('due_at').as('dueAt'))
      .executeTakeFirst();
    return row?.dueAt ?? undefined;
  }

  async loadPending({ destination, lane }: LaneKey, limit: number): Promise<readonly PendingEvent[]> {
    const rows = await this.#db
      .selectFrom('events')
      .select(['id', 'body', 'accepted_at'])
      .where('destination', '=', destination)
      .where('lane', '=', lane)
      .where('state', '=', 'pending')
      .orderBy('id')
      .limit(limit)
      .execute();
    return rows.map(({ id, body, accepted_at }) => ({
      id,
      body: JSON.parse(body) as unknown,
      acceptedAt: accepted_at,
    }));
  }

  async settle(lane: DueLane, results: readonly AttemptResult[], now: number, next: NextAttempt): Promise<void> {
    await this.#db.transaction().execute(async (transaction) => {
      for (const result of results) await settleEvent(transaction, result, now);
      const oldest = await transaction
        .selectFrom('events')
        .select((event) => event.fn.min('id').as('id'))
        .where('destination', '=', lane.destination)
        .where('lane', '=', lane.lane)
        .where('state', '=', 'pending')
        .executeTakeFirst();
      if (oldest?.id === null || oldest === undefined) return void (await deleteLane(transaction, lane));
      const isStuck = results.some(({ outcome }) => outcome.outcome === 'retry');
      const isParked = isStuck && next.parked && !(await hasBecomeKnown(transaction, lane, results));
      await transaction
        .updateTable('lanes')
        .set({
          oldest_event: oldest.id,
          due_at: isStuck && isParked === next.parked ? next.dueAt : now,
          attempts: isStuck ? lane.attempts + 1 : 0,
          parked: isParked ? 1 : 0,
        })
        .where('destination', '=', lane.destination)
        .where('lane', '=', lane.lane)
        .execute();
    });
  }

  async wake({ destination, lane }: LaneKey, now: number): Promise<void> {
    await this.#db
      .updateTable('lanes')
      .set({ due_at: now, attempts: 0, parked: 0 })
      .where('destination', '=', destination)
      .where('lane', '=', lane)
      .where('parked', '=', 1)
      .execute();
  }

  async isKnownUser(destination: string, userId: string): Promise<boolean> {
    const row = await this.#db
      .selectFrom('known_users')
      .select('learnt_at')
      .where('destination', '=', destination)
      .where('user_id', '=', userId)
      .executeTakeFirst();
    return row !== undefined;
  }

  async rememberUser(destination: string, userId: string, now: number): Promise<void> {
    await this.#db
      .insertInto('known_users')
      .values({ destination, user_id: userId, learnt_at: now })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }

  async forgetUser(destination: string, userId: string): Promise<void> {
    await this.#db
      .deleteFrom('known_users')
      .where('destination', '=', destination)
      .where('user_id', '=', userId)
      .execute();
  }

  async listEvents({ destination, messageId, userId, limit }: EventFilter): Promise<readonly EventRecord[]> {
    let query = this.#db.selectFrom('events').selectAll().orderBy('id', 'desc').limit(limit);
    if (destination !== undefined) query = query.where('destination', '=', destination);
    if (messageId !== undefined) query = query.where('message_id', '=', messageId);
    if (userId !== undefined) query = query.where('lane', '=', userId);
    return (await query.execute()).map(toEventRecord);
  }

  async close(): Promise<void> {
    await this.#db.destroy();
  }

  #waitingLanes(destinations: readonly string[], except: readonly LaneKey[]) {
    let query = this.#db.selectFrom('lanes').where('destination', 'in', destinations);
    for (const { destination, lane } of except) {
      query = query.where(({ not, and, eb }) => not(and([eb('destination', '=', destination), eb('lane', '=', lane)])));
    }
    return query;
  }
}

async function insertEvents(db: Transaction<OutboxSchema>, events: readonly NewEvent[]): Promise<void> {
  const inserted = await db
    .insertInto('events')
    .values(events.map(toRow))
    .onConflict((conflict) => conflict.columns(['destination', 'message_id']).doNothing())
    .returning(['id', 'destination', 'message_id'])
    .execute();
  const ids = new Map(inserted.map(({ id, destination, message_id }) => [`${destination} ${message_id}`, id]));
  for (const { destination, messageId, acceptedAt, fate } of events) {
    const id = ids.get(`${destination} ${messageId}`);
    if (id === undefined || !('lane' in fate)) continue;
    await db
      .insertInto('lanes')
      .values({ destination, lane: fate.lane, oldest_event: id, due_at: acceptedAt, attempts: 0, parked: 0 })
      .onConflict((conflict) => {
        const known = conflict.columns(['destination', 'lane']);
        // Only what creates the user is worth a look at a lane that waits for it.
        if (!fate.createsUser) return known.doNothing();
        return known.doUpdateSet({ due_at: acceptedAt, attempts: 0, parked: 0 }).where(sql.ref('lanes.parked'), '=', 1);
      })
      .execute();
  }
}

function toRow({ destination, messageId, type, body, acceptedAt, fate }: NewEvent): Insertable<EventTable> {
  const common = { destination, message_id: messageId, type, body: JSON.stringify(body), accepted_at: acceptedAt };
  if ('lane' in fate) {
    const open = { state: 'pending' as const, reason: null, message: null, warnings: '[]', settled_at: null };
    return { ...common, ...open, lane: fate.lane, attempts: 0 };
  }
  const { outcome, reason, message, warnings } = fate.outcome;
  const ended = { state: outcome, reason, message, warnings: JSON.stringify(warnings), settled_at: acceptedAt };
  return { ...common, ...ended, lane: null, attempts: 0 };
}

async function settleEvent(db: Transaction<OutboxSchema>, { id, outcome }: AttemptResult, now: number): Promise<void> {
  const isOpen = outcome.outcome === 'retry';
  await db
    .updateTable('events')
    .set({
      state: outcome.outcome === 'retry' ? 'pending' : outcome.outcome,
      reason: outcome.outcome === 'delivered' ? null : outcome.reason,
      message: outcome.outcome === 'delivered' ? null : outcome.message,
      warnings: JSON.stringify(outcome.warnings),
      attempts: sql`attempts + 1`,
      settled_at: isOpen ? null : now,
    })
    .where('id', '=', id)
    .execute();
}

/** Did what a parked lane waits for come while its attempt was on its way? Waking it then found it not yet parked. */
async function hasBecomeKnown(
  db: Transaction<OutboxSchema>,
  { destination, lane }: LaneKey,
  results: readonly AttemptResult[],
): Promise<boolean> {
  const known = await db
    .selectFrom('known_users')
    .select('learnt_at')
    .where('destination', '=', destination)
    .where('user_id', '=', lane)
    .executeTakeFirst();
  if (known) return true;
  const identify = await db
    .selectFrom('events')
    .select('id')
    .where('destination', '=', destination)
    .where('lane', '=', lane)
    .where('state', '=', 'pending')
    .where('id', '>', Math.max(...results.map(({ id }) => id)))
    .where('type', '=', 'identify')
    .limit(1)
    .executeTakeFirst();
  return identify !== undefined;
}

async function deleteLane(db: Transaction<OutboxSchema>, { destination, lane }: LaneKey): Promise<void> {
  await db.deleteFrom('lanes').where('destination', '=', destination).where('lane', '=', lane).execute();
}
