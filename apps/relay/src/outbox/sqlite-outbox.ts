import { sql } from 'kysely';
import { acceptEvents } from './accept-events';
import type { EventFilter, EventRecord } from './event-record';
import { listEvents, loadDeadLetters } from './find-events';
import { giveUp } from './give-up';
import { IS_PENDING, IS_READY } from './lanes';
import type { Db, Tx } from './lanes';
import { leaseTurn } from './lease-turn';
import { BacklogFull } from './outbox.port';
import type {
  DeadLetter,
  DeadLetterFilter,
  EndedEvent,
  LeaseCall,
  Leased,
  NewEvent,
  OutboxPort,
  Pause,
  PruneCall,
  Reserved,
  Settlement,
} from './outbox.port';
import { loadPauses, savePause } from './pauses';
import { prune } from './prune';
import type { Budget } from '../config/rate-limit';
import { blockBudget, budgetUse, reserveSlot } from './request-budget';
import { requeue } from './requeue';
import { settleTurn } from './settle-turn';

/** The outbox in one SQLite file, for one process. */
export class SqliteOutbox implements OutboxPort {
  readonly #db: Db;
  readonly #backlogLimit: number;
  #pending: number;
  #hasErased = false;

  private constructor(db: Db, backlogLimit: number, pending: number) {
    this.#db = db;
    this.#backlogLimit = backlogLimit;
    this.#pending = pending;
  }

  /** Gives lanes free that were in flight when the process before this one ended. Of the backlog limit see `accept`. */
  static async create(db: Db, backlogLimit: number): Promise<SqliteOutbox> {
    await db
      .updateTable('lanes')
      .set({ leased: 0 })
      .where(sql<boolean>`leased = 1`)
      .execute();
    const { pending } = await db.selectFrom('backlog').select('pending').executeTakeFirstOrThrow();
    return new SqliteOutbox(db, backlogLimit, pending);
  }

  async accept(events: readonly NewEvent[]): Promise<void> {
    if (this.#pending >= this.#backlogLimit) throw new BacklogFull('more events wait than the relay is set to keep');
    await this.#write(async (tx) => [undefined, await acceptEvents(tx, events)]);
  }

  lease(call: LeaseCall): Promise<Leased> {
    return this.#write(async (tx) => {
      const leased = await leaseTurn(tx, call);
      return [leased, leased.kind === 'turn' ? -leased.dropped.length : 0];
    });
  }

  reserve(budget: Budget, now: number): Promise<Reserved> {
    return this.#write(async (tx) => [await reserveSlot(tx, budget, now), 0]);
  }

  async settle(settlement: Settlement): Promise<void> {
    await this.#write(async (tx) => [undefined, -(await settleTurn(tx, settlement))]);
    if (settlement.learnt.some(([, isKnown]) => !isKnown)) this.#hasErased = true;
    await this.#emptyLog();
  }

  block(budget: Budget, until: number): Promise<void> {
    return blockBudget(this.#db, budget, until);
  }

  budgetUse(budget: Budget, now: number): Promise<{ used: number; blockedUntil: number }> {
    return budgetUse(this.#db, budget, now);
  }

  async isKnownUser(destination: string, userId: string): Promise<boolean> {
    const row = await this.#db
      .selectFrom('known_users')
      .select('known')
      .where('destination', '=', destination)
      .where('user_id', '=', userId)
      .executeTakeFirst();
    return row?.known === 1;
  }

  giveUp(call: Parameters<OutboxPort['giveUp']>[0]): Promise<readonly EndedEvent[]> {
    return this.#write(async (tx) => {
      const given = await giveUp(tx, call);
      return [given, -given.length];
    });
  }

  async prune(call: PruneCall): Promise<number> {
    await this.#emptyLog();
    return this.#write(async (tx) => [await prune(tx, call), 0]);
  }

  loadDeadLetters(filter: DeadLetterFilter, after: number, limit: number): Promise<readonly DeadLetter[]> {
    return loadDeadLetters(this.#db, filter, after, limit);
  }

  async requeue(events: Parameters<OutboxPort['requeue']>[0], now: number): Promise<void> {
    await this.#write(async (tx) => [undefined, await requeue(tx, events, now)]);
  }

  loadPauses(): Promise<ReadonlyMap<string, Pause>> {
    return loadPauses(this.#db);
  }

  savePause(destination: string, pause: Pause | undefined): Promise<void> {
    return savePause(this.#db, destination, pause);
  }

  listEvents(filter: EventFilter): Promise<readonly EventRecord[]> {
    return listEvents(this.#db, filter);
  }

  async countPending(destination: string): Promise<number> {
    const { count } = await this.#db
      .selectFrom('events')
      .select((event) => event.fn.countAll<number>().as('count'))
      .where(IS_PENDING)
      .where('destination', '=', destination)
      .executeTakeFirstOrThrow();
    return count;
  }

  async probe(): Promise<number> {
    await this.#write(async (tx) => {
      // There and back: what changes nothing is not written.
      for (const step of [1, -1]) await addToBacklog(tx, step);
      return [undefined, 0];
    });
    return this.#pending;
  }

  async readySince(destination: string): Promise<number | undefined> {
    const lane = await this.#db
      .selectFrom('lanes')
      .select('queued_at')
      .where('destination', '=', destination)
      .where(IS_READY)
      .orderBy('oldest_event')
      .limit(1)
      .executeTakeFirst();
    return lane?.queued_at;
  }

  async close(): Promise<void> {
    await this.#db.destroy();
  }

  /** The log still holds what was erased. Where it is in use, by a backup for example, it is emptied later. */
  async #emptyLog(): Promise<void> {
    if (!this.#hasErased) return;
    const checkpoint = sql<{ busy: number }>`PRAGMA wal_checkpoint(TRUNCATE)`.execute(this.#db);
    const busy = await checkpoint.then(({ rows }) => rows[0]?.busy).catch(() => undefined);
    this.#hasErased = busy !== 0;
  }

  /** Does the work in one transaction; it tells by how many the events that wait have changed. */
  async #write<T>(work: (tx: Tx) => Promise<readonly [value: T, pending: number]>): Promise<T> {
    const [value, change] = await this.#db.transaction().execute(async (tx) => {
      const result = await work(tx);
      if (result[1] !== 0) await addToBacklog(tx, result[1]);
      return result;
    });
    this.#pending += change;
    return value;
  }
}

async function addToBacklog(tx: Tx, change: number): Promise<void> {
  await tx
    .updateTable('backlog')
    .set({ pending: sql`pending + ${change}` })
    .execute();
}
