import { sql } from 'kysely';
import { countedWrite } from '../counting/counted-write';
import { freeLanesInFlight } from '../turns/lanes';
import type { Db } from '../schema/outbox-schema';
import type { EraseCall, Erased, PruneCall } from '../port/outbox.port';
import type { Settlement } from '../port/turn';
import { countWaiting } from '../counting/count-waiting';
import { SqlOutbox } from '../sql-outbox';
import type { Guard, Work } from '../sql-outbox';

/** The outbox in one SQLite file, for one process. */
export class SqliteOutbox extends SqlOutbox {
  #pending: number;
  #hasErased = false;

  private constructor(db: Db, backlogLimit: number, pending: number) {
    super(db, backlogLimit);
    this.#pending = pending;
  }

  /** Gives lanes free that were in flight when the process before this one ended. Of the backlog limit see `accept`. */
  static async create(db: Db, backlogLimit: number): Promise<SqliteOutbox> {
    await freeLanesInFlight(db);
    return new SqliteOutbox(db, backlogLimit, await countWaiting(db));
  }

  override async settle(settlement: Settlement): Promise<void> {
    await super.settle(settlement);
    if (settlement.learnt.some(([, news]) => news === 'erased')) this.#hasErased = true;
    await this.#emptyLog();
  }

  override async prune(call: PruneCall): Promise<number> {
    await this.#emptyLog();
    return super.prune(call);
  }

  override async eraseUser(call: EraseCall): Promise<Erased> {
    const erased = await super.eraseUser(call);
    this.#hasErased = true;
    await this.#emptyLog();
    return erased;
  }

  protected override async countBacklog(): Promise<number> {
    return this.#pending;
  }

  /** One writer at a time: nothing has to be guarded. */
  protected override async write<T>(_guard: Guard, work: Work<T>): Promise<T> {
    const [value, change] = await countedWrite(this.db, work);
    this.#pending += change;
    return value;
  }

  /** The log still holds what was erased. Where it is in use, by a backup for example, it is emptied later. */
  async #emptyLog(): Promise<void> {
    if (!this.#hasErased) return;
    const checkpoint = sql<{ busy: number }>`PRAGMA wal_checkpoint(TRUNCATE)`.execute(this.db);
    const busy = await checkpoint.then(({ rows }) => rows[0]?.busy).catch(() => undefined);
    this.#hasErased = busy !== 0;
  }
}
