import { sql } from 'kysely';
import { acceptEvents } from './accept-events';
import type { EventFilter, EventRecord } from './event-record';
import { listEvents, loadDeadLetters } from './find-events';
import { giveUp } from './give-up';
import { IS_PENDING } from './lanes';
import type { Db, Tx } from './lanes';
import { leaseTurn } from './lease-turn';
import { BacklogFull } from './outbox.port';
import type {
  DeadLetter,
  DeadLetterFilter,
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

  private constructor(db: Db, backlogLimit: number, pending: number) {
    this.#db = db;
    this.#backlogLimit = backlogLimit;
    this.#pending = pending;
  }

  /** Gives lanes free that were in flight when the process before this one ended. Of the backlog limit see `accept`. */
  static async create(db: Db, backlogLimit: number): Promise<SqliteOutbox> {
    await db.updateTable('lanes').set({ leased: 0 }).where('leased', '=', 1).execute();
    return new SqliteOutbox(db, backlogLimit, await countPending(db));
  }

  async accept(events: readonly NewEvent[]): Promise<void> {
    if (this.#pending >= this.#backlogLimit) throw new BacklogFull('more events wait than the relay is set to keep');
    this.#pending += await this.#write((tx) => acceptEvents(tx, events));
  }

  async lease(call: LeaseCall): Promise<Leased> {
    const { leased, dropped } = await this.#write((tx) => leaseTurn(tx, call));
    this.#pending -= dropped;
    return leased;
  }

  reserve(budget: Budget, now: number): Promise<Reserved> {
    return this.#write((tx) => reserveSlot(tx, budget, now));
  }

  async settle(settlement: Settlement): Promise<void> {
    this.#pending -= await this.#write((tx) => settleTurn(tx, settlement));
    // The log still holds what was erased.
    if (settlement.learnt.some(([, isKnown]) => !isKnown)) await sql`PRAGMA wal_checkpoint(TRUNCATE)`.execute(this.#db);
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

  async giveUp(call: Parameters<OutboxPort['giveUp']>[0]): Promise<number> {
    const given = await this.#write((tx) => giveUp(tx, call));
    this.#pending -= given;
    return given;
  }

  prune(call: PruneCall): Promise<number> {
    return this.#write((tx) => prune(tx, call));
  }

  loadDeadLetters(filter: DeadLetterFilter, after: number, limit: number): Promise<readonly DeadLetter[]> {
    return loadDeadLetters(this.#db, filter, after, limit);
  }

  async requeue(events: Parameters<OutboxPort['requeue']>[0], now: number): Promise<void> {
    this.#pending += await this.#write((tx) => requeue(tx, events, now));
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

  countPending(destination: string): Promise<number> {
    return countPending(this.#db, destination);
  }

  async close(): Promise<void> {
    await this.#db.destroy();
  }

  #write<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.#db.transaction().execute(work);
  }
}

async function countPending(db: Db, destination?: string): Promise<number> {
  let query = db
    .selectFrom('events')
    .select((event) => event.fn.countAll<number>().as('count'))
    .where(IS_PENDING);
  if (destination !== undefined) query = query.where('destination', '=', destination);
  return (await query.executeTakeFirstOrThrow()).count;
}
