import { sql } from 'kysely';
import type { Budget } from '../../config/rate-limit';
import { countedWrite } from '../counting/counted-write';
import type { CountedTx } from '../counting/counted-write';
import { GroupCommit } from '../accepting/group-commit';
import type { Db, Tx } from '../schema/outbox-schema';
import {
  endLeases,
  giveBack,
  hasCommitted,
  leaveHousekeeping,
  lockLanes,
  openLeases,
  readClock,
  renewLeases,
  takeHousekeeping,
  takeOver,
} from './leases';
import { LeaseLost } from '../port/outbox.port';
import type { NewEvent, Pause, WaitingCounts } from '../port/outbox.port';
import type { Priority } from '../port/event-record';
import type { LeaseCall, Leased, Reserved, Settlement, Turn } from '../port/turn';
import { refuseHalfStore } from '../schema/store-moves';
import { endUse, showUse } from './store-use';
import { tellOthers } from './tell-others';
import type { Circle } from './news-text';
import { countWaiting } from '../counting/count-waiting';
import { SqlOutbox } from '../sql-outbox';
import type { BacklogLimits } from '../port/backlog-limits';
import type { Guard, Work } from '../guard';

export interface PostgresOutboxOptions extends BacklogLimits {
  /** After so many milliseconds without a heart-beat others take over what was in flight. */
  readonly leaseMs: number;
  readonly circle: Circle;
}

const BEATS_PER_LEASE = 4;
const MOST_TRIES = 5;

/**
 * The outbox in a PostgreSQL database, for any number of processes. Leasing, settling and the intake go side by side, and
 * hold the lanes that they change; purges and what is done by hand wait for them, and they for those.
 */
export class PostgresOutbox extends SqlOutbox {
  readonly #group = new GroupCommit((events) => super.accept(events));
  /** In flight here. */
  readonly #turns = new Set<number>();
  /** In which transaction the end of a turn was to be kept last. */
  readonly #settledIn = new Map<number, string>();
  readonly #leaseMs: number;
  readonly #circle: Circle;
  readonly #heart: NodeJS.Timeout;

  private constructor(db: Db, { leaseMs, circle, ...limits }: PostgresOutboxOptions) {
    super(db, limits);
    this.#leaseMs = leaseMs;
    this.#circle = circle;
    this.#heart = setInterval(() => void this.#beat(), leaseMs / BEATS_PER_LEASE).unref();
  }

  static async create(db: Db, options: PostgresOutboxOptions): Promise<PostgresOutbox> {
    await showUse(db, options.circle.sender, options.leaseMs);
    // What moves a store to here looks for those that have it, and leaves its mark: of two at a time one gives way.
    await refuseHalfStore(db);
    return new PostgresOutbox(db, options);
  }

  override readClock(): Promise<number> {
    return readClock(this.db);
  }

  override accept(events: readonly NewEvent[]): Promise<void> {
    return this.#group.accept(events);
  }

  override async lease(call: LeaseCall): Promise<Leased> {
    const leased = await super.lease(call);
    if (leased.kind === 'turns') for (const { id } of leased.turns) this.#turns.add(id);
    return leased;
  }

  override reserve(
    turn: Pick<Turn, 'id' | 'isBackfilled'> | undefined,
    budget: Budget,
    budgetNow: number,
  ): Promise<Reserved> {
    return this.write('nothing', async (tx) => {
      if (turn && (await renewLeases(tx, [turn.id], this.#leaseMs)) === 0)
        throw new LeaseLost('others have taken over what was in flight');
      return this.reservePlaces(tx, budget, budgetNow, 1, turn?.isBackfilled ? 'backfill' : 'live');
    });
  }

  /** What seems lost may be kept already: the answer to an earlier try may have got lost. */
  override async settle(settlements: readonly Settlement[]): Promise<readonly number[]> {
    const lost = [];
    for (const id of await super.settle(settlements)) {
      const last = this.#settledIn.get(id);
      if (last === undefined || !(await hasCommitted(this.db, last))) lost.push(id);
    }
    for (const { turn } of settlements) this.#forget(turn.id);
    return lost;
  }

  override async savePause(destination: string, pause: Pause | undefined, now: number): Promise<void> {
    await super.savePause(destination, pause, now);
    await this.#tellSteered(destination);
  }

  override async pauseByHand(destination: string, pausedAt: number): Promise<void> {
    await super.pauseByHand(destination, pausedAt);
    await this.#tellSteered(destination);
  }

  override async resume(destination: string, now: number): Promise<void> {
    await super.resume(destination, now);
    await this.#tellSteered(destination);
  }

  override keepsHouse(): Promise<boolean> {
    return takeHousekeeping(this.db, this.#circle.sender, this.#leaseMs);
  }

  /** Gives back what is in flight, if the database can be told: else others take it over later. */
  override async close(): Promise<void> {
    clearInterval(this.#heart);
    await this.#leaveAll().catch(() => undefined);
    await super.close();
  }

  async #leaveAll(): Promise<void> {
    const turns = [...this.#turns];
    if (turns.length > 0) await this.write('everything', (tx) => giveBack(tx, turns));
    await leaveHousekeeping(this.db, this.#circle.sender);
    await endUse(this.db, this.#circle.sender);
  }

  protected override countWaiting(): Promise<WaitingCounts> {
    return countWaiting(this.db, this.configured);
  }

  protected override freeExpired(tx: CountedTx, destination: string): Promise<unknown> {
    return takeOver(tx, destination, this.#turns);
  }

  protected override async leaseTurns(tx: CountedTx, call: LeaseCall): Promise<Leased> {
    const { destination, now } = call;
    const { hasPurge, firstExpiryMs } = await takeOver(tx, destination, this.#turns);
    const mayPurge = call.mayPurge && !hasPurge;
    const leased = await super.leaseTurns(tx, { ...call, mayPurge });
    if (leased.kind === 'turns') await openLeases(tx, leased.turns, this.#leaseMs);
    if (leased.kind !== 'idle' || firstExpiryMs === undefined) return leased;
    return { kind: 'idle', until: Math.min(leased.until ?? Infinity, now + firstExpiryMs) };
  }

  protected override async reservePlaces(
    tx: Tx,
    budget: Budget,
    budgetNow: number,
    most: number,
    priority: Priority,
  ): Promise<Reserved> {
    const reserved = await super.reservePlaces(tx, budget, budgetNow, most, priority);
    if (reserved.kind === 'wait') return reserved;
    // Not when others may have taken the turn over.
    return { ...reserved, usableUntil: Math.min(reserved.usableUntil, budgetNow + this.#leaseMs / 2) };
  }

  protected override async settleTurns(tx: CountedTx, settlements: readonly Settlement[]): Promise<readonly number[]> {
    const ended = await endLeases(
      tx,
      settlements.map(({ turn }) => turn.id),
    );
    for (const [turn, transaction] of ended) this.#settledIn.set(turn, transaction);
    const own = settlements.filter(({ turn }) => ended.has(turn.id));
    const lanes = own.flatMap(({ turn, learnt }) => [
      ...turn.lanes.map(({ lane }) => lane),
      ...learnt.map(([userId]) => userId),
    ]);
    await lockLanes(tx, settlements[0]?.turn.destination ?? '', lanes);
    await super.settleTurns(tx, own);
    return settlements.filter((settlement) => !own.includes(settlement)).map(({ turn }) => turn.id);
  }

  /**
   * Tries again where two waited for each other, and the database ended one; or where what was not there a moment ago came in
   * between.
   */
  protected override async write<T>(guard: Guard, work: Work<T>): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await countedWrite(this.db, async (tx) => {
          await take(tx, this.#circle.schema, guard);
          return work(tx);
        });
      } catch (error) {
        if (tries >= MOST_TRIES || !isPassing(error)) throw error;
      }
    }
  }

  #forget(turn: number): void {
    this.#turns.delete(turn);
    this.#settledIn.delete(turn);
  }

  /** A beat that fails is made up for by the next. */
  async #beat(): Promise<void> {
    try {
      await showUse(this.db, this.#circle.sender, this.#leaseMs);
      if (this.#turns.size > 0) await renewLeases(this.db, [...this.#turns], this.#leaseMs);
    } catch {
      // The relay finds out by itself that the store fails.
    }
  }

  /** They find out later where that fails. */
  async #tellSteered(destination: string): Promise<void> {
    await tellOthers(this.db, this.#circle, { what: 'steered', destination }).catch(() => undefined);
  }
}

/** Waits for its turn, until the end of the transaction. A store's locks are told from another's by its schema. */
async function take(tx: Tx, schema: string, guard: Guard): Promise<void> {
  if (guard === 'nothing') return;
  const all = sql`hashtextextended(${schema}::text, 0)`;
  if (guard === 'everything') return void (await sql`SELECT pg_advisory_xact_lock(${all})`.execute(tx));
  const one = sql`hashtextextended(${`${schema} ${guard.destination}`}::text, 0)`;
  const lock = sql.raw(guard.isShared ? 'pg_advisory_xact_lock_shared' : 'pg_advisory_xact_lock');
  await sql`SELECT pg_advisory_xact_lock_shared(${all}), ${lock}(${one})`.execute(tx);
}

const PASSING: readonly unknown[] = ['40P01', '40001', '23505'];

function isPassing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && PASSING.includes(error.code);
}
