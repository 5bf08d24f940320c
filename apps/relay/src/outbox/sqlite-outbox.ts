import { sql } from 'kysely';
import { acceptEvents } from './accept-events';
import { NO_FLOW } from './count-changes';
import { countDeadLetters, groupDeadLetters } from './dead-letters';
import { eraseUser } from './erase-user';
import type { EventFilter, EventPlace, EventRecord } from './event-record';
import { listEvents, loadDeadLetters } from './find-events';
import { countEnded } from './end-pending';
import { giveUp } from './give-up';
import { IS_READY } from './lanes';
import type { Db, Tx } from './lanes';
import { leaseTurn } from './lease-turn';
import { listLanes } from './list-lanes';
import { loadEvent } from './load-event';
import { loadOverview } from './load-overview';
import { BacklogFull } from './outbox.port';
import type {
  DeadLetter,
  DeadLetterFilter,
  DeadLetterGroup,
  EndedEvents,
  EraseCall,
  Erased,
  GiveUpCall,
  KeptEvent,
  LaneFilter,
  LaneRecord,
  LeaseCall,
  Leased,
  NewEvent,
  OutboxOverview,
  OutboxPort,
  Pause,
  PruneCall,
  Reserved,
  Settlement,
} from './outbox.port';
import { loadHandPauses, loadPauses, pauseByHand, resume, savePause } from './pauses';
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
    return new SqliteOutbox(db, backlogLimit, await countWaiting(db));
  }

  async accept(events: readonly NewEvent[]): Promise<void> {
    if (this.#pending >= this.#backlogLimit) throw new BacklogFull('more events wait than the relay is set to keep');
    await this.#write(async (tx) => [undefined, await acceptEvents(tx, events)]);
  }

  lease(call: LeaseCall): Promise<Leased> {
    return this.#write(async (tx) => {
      const leased = await leaseTurn(tx, call);
      return [leased, leased.kind === 'turn' ? -countEnded(leased.dropped) : 0];
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

  giveUp(call: GiveUpCall): Promise<readonly EndedEvents[]> {
    return this.#write(async (tx) => {
      const given = await giveUp(tx, call);
      return [given, -countEnded(given)];
    });
  }

  async prune(call: PruneCall): Promise<number> {
    await this.#emptyLog();
    return this.#write(async (tx) => [await prune(tx, call), 0]);
  }

  loadDeadLetters(
    filter: DeadLetterFilter,
    after: EventPlace | undefined,
    limit: number,
  ): Promise<readonly DeadLetter[]> {
    return loadDeadLetters(this.#db, filter, after, limit);
  }

  groupDeadLetters(): Promise<readonly DeadLetterGroup[]> {
    return groupDeadLetters(this.#db);
  }

  countDeadLetters(filter: DeadLetterFilter): Promise<number> {
    return countDeadLetters(this.#db, filter);
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

  loadHandPauses(): Promise<ReadonlyMap<string, number>> {
    return loadHandPauses(this.#db);
  }

  pauseByHand(destination: string, pausedAt: number): Promise<void> {
    return pauseByHand(this.#db, destination, pausedAt);
  }

  resume(destination: string): Promise<void> {
    return this.#write(async (tx) => [await resume(tx, destination), 0]);
  }

  async eraseUser(call: EraseCall): Promise<Erased> {
    const erased = await this.#write(async (tx) => {
      const step = await eraseUser(tx, call);
      return [step, -step.ended];
    });
    this.#hasErased = true;
    await this.#emptyLog();
    return erased;
  }

  listEvents(filter: EventFilter): Promise<readonly EventRecord[]> {
    return listEvents(this.#db, filter);
  }

  loadEvent(id: number): Promise<KeptEvent | undefined> {
    return loadEvent(this.#db, id);
  }

  listLanes(filter: LaneFilter): Promise<readonly LaneRecord[]> {
    return listLanes(this.#db, filter);
  }

  overview(now: number): Promise<OutboxOverview> {
    return loadOverview(this.#db, now);
  }

  countPending(destination: string): Promise<number> {
    return countWaiting(this.#db, destination);
  }

  async probe(): Promise<number> {
    await this.#write(async (tx) => {
      // There and back: what changes nothing is not written.
      await tx
        .insertInto('flow')
        .values({ minute: 0, destination: '', ...NO_FLOW })
        .execute();
      await tx.deleteFrom('flow').where('minute', '=', 0).execute();
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
    const [value, change] = await this.#db.transaction().execute(work);
    this.#pending += change;
    return value;
  }
}

async function countWaiting(db: Db, destination?: string): Promise<number> {
  let query = db.selectFrom('event_counts').where('state', '=', 'pending');
  if (destination !== undefined) query = query.where('destination', '=', destination);
  const { count } = await query.select((row) => row.fn.sum<number>('count').as('count')).executeTakeFirstOrThrow();
  return Number(count ?? 0);
}
