import { sql } from 'kysely';
import { countedWrite } from '../counting/counted-write';
import { freeLanesInFlight } from '../turns/doubts';
import type { Db } from '../schema/outbox-schema';
import type { OutboxPort, WaitingCounts } from '../port/outbox.port';
import type { EnvironmentInUse, EraseCall, Erased, EraseHeldCall, PruneCall } from '../port/steps';
import type { Settlement } from '../port/turn';
import { countWaiting } from '../counting/count-waiting';
import { SqlOutbox } from '../sql-outbox';
import type { BacklogLimits } from '../port/backlog-limits';
import type { Guard, Work } from '../guard';
import { hasErased } from '../turns/has-erased';

/** The outbox in one SQLite file, for one process. */
export class SqliteOutbox extends SqlOutbox {
  #waiting: WaitingCounts;
  #hasErased = false;

  private constructor(db: Db, limits: BacklogLimits, waiting: WaitingCounts) {
    super(db, limits);
    this.#waiting = waiting;
  }

  /** Gives lanes free that were in flight when the process before this one ended. Of the limits see `accept`. */
  static async create(db: Db, limits: BacklogLimits): Promise<SqliteOutbox> {
    await freeLanesInFlight(db, Date.now());
    return new SqliteOutbox(db, limits, await countWaiting(db));
  }

  override async useEnvironments(inUse: readonly EnvironmentInUse[]): Promise<void> {
    await super.useEnvironments(inUse);
    this.#waiting = await countWaiting(this.db, this.configured);
  }

  override async settle(settlements: readonly Settlement[]): Promise<readonly number[]> {
    const lost = await super.settle(settlements);
    if (settlements.some(hasErased)) this.#hasErased = true;
    await this.#emptyLog();
    return lost;
  }

  override async prune(call: PruneCall): Promise<number> {
    await this.#emptyLog();
    return super.prune(call);
  }

  override async goOnErasing(call: Parameters<OutboxPort['goOnErasing']>[0]): Promise<number> {
    const erased = await super.goOnErasing(call);
    if (erased > 0) this.#hasErased = true;
    else await this.#emptyLog();
    return erased;
  }

  override async eraseUser(call: EraseCall): Promise<Erased> {
    const erased = await super.eraseUser(call);
    this.#hasErased = true;
    await this.#emptyLog();
    return erased;
  }

  override async eraseHeld(call: EraseHeldCall): Promise<number> {
    const erased = await super.eraseHeld(call);
    this.#hasErased = true;
    await this.#emptyLog();
    return erased;
  }

  protected override async countWaiting(): Promise<WaitingCounts> {
    return this.#waiting;
  }

  /** One writer at a time: nothing has to be guarded. */
  protected override write<T>(_guard: Guard, work: Work<T>): Promise<T> {
    return countedWrite(this.db, work, (tally) => {
      const { all, parked } = tally.waitingAt(this.configured);
      this.#waiting = { all: this.#waiting.all + all, parked: this.#waiting.parked + parked };
    });
  }

  /** The log still holds what was erased. Where it is in use, by a backup for example, it is emptied later. */
  async #emptyLog(): Promise<void> {
    if (!this.#hasErased) return;
    const checkpoint = sql<{ busy: number }>`PRAGMA wal_checkpoint(TRUNCATE)`.execute(this.db);
    const busy = await checkpoint.then(({ rows }) => rows[0]?.busy).catch(() => undefined);
    this.#hasErased = busy !== 0;
  }
}
