import { sql } from 'kysely';
import { writeCounts } from './count-changes';
import type { Db, Tx } from './lanes';
import { leaseTurn } from './lease-turn';
import { endLease, giveBack, lockLanes, openLease, renewLeases, takeOver } from './leases';
import { LeaseLost } from './outbox.port';
import type { LeaseCall, Leased, Settlement } from './outbox.port';
import { settleTurn } from './settle-turn';
import { countWaiting, SqlOutbox } from './sql-outbox';
import type { Guard, Work } from './sql-outbox';

export interface PostgresOutboxOptions {
  readonly backlogLimit: number;
  /** After so many milliseconds without a heart-beat others take over what was in flight. */
  readonly leaseMs: number;
}

const BEATS_PER_LEASE = 4;
const MOST_TRIES = 5;

/**
 * The outbox in a PostgreSQL database, for any number of processes. Writes at one destination go one after the other, as
 * they do in SQLite; only the intake goes beside them, and holds the lanes that it adds to.
 */
export class PostgresOutbox extends SqlOutbox {
  /** In flight here. */
  readonly #turns = new Set<number>();
  readonly #leaseMs: number;
  readonly #heart: NodeJS.Timeout;

  constructor(db: Db, { backlogLimit, leaseMs }: PostgresOutboxOptions) {
    super(db, backlogLimit);
    this.#leaseMs = leaseMs;
    this.#heart = setInterval(() => void this.#beat(), leaseMs / BEATS_PER_LEASE).unref();
  }

  override async lease(call: LeaseCall): Promise<Leased> {
    const leased = await super.lease(call);
    if (leased.kind === 'turn') this.#turns.add(leased.turn.slot);
    return leased;
  }

  /** Rejects with `LeaseLost`, and keeps nothing, where others have taken over what was in flight. */
  override async settle(settlement: Settlement): Promise<void> {
    try {
      await super.settle(settlement);
      this.#turns.delete(settlement.turn.slot);
    } catch (error) {
      if (error instanceof LeaseLost) this.#turns.delete(settlement.turn.slot);
      throw error;
    }
  }

  /** Gives back what is in flight, if the database can be told: else others take it over later. */
  override async close(): Promise<void> {
    clearInterval(this.#heart);
    const turns = [...this.#turns];
    if (turns.length > 0) {
      await this.write('everything', async (tx) => [await giveBack(tx, turns), 0]).catch(() => undefined);
    }
    await super.close();
  }

  protected override countBacklog(): Promise<number> {
    return countWaiting(this.db);
  }

  protected override async leaseTurn(tx: Tx, call: LeaseCall): Promise<Leased> {
    await takeOver(tx, call.destination);
    const leased = await leaseTurn(tx, call);
    if (leased.kind === 'turn') await openLease(tx, leased.turn, this.#leaseMs);
    return leased;
  }

  protected override async settleTurn(tx: Tx, settlement: Settlement): Promise<number> {
    const { turn, learnt } = settlement;
    if (!(await endLease(tx, turn))) throw new LeaseLost('others have taken over what was in flight');
    const lanes = [...turn.lanes.map(({ lane }) => lane), ...learnt.map(([userId]) => userId)];
    await lockLanes(tx, turn.destination, lanes);
    return settleTurn(tx, settlement);
  }

  /** Tries again where two waited for each other, and the database ended one. */
  protected override async write<T>(guard: Guard, work: Work<T>): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.db.transaction().execute(async (tx) => {
          await take(tx, guard);
          const [value] = await work(tx);
          await writeCounts(tx);
          return value;
        });
      } catch (error) {
        if (tries >= MOST_TRIES || !isDeadlock(error)) throw error;
      }
    }
  }

  /** A beat that fails is made up for by the next. */
  async #beat(): Promise<void> {
    if (this.#turns.size > 0) await renewLeases(this.db, [...this.#turns], this.#leaseMs).catch(() => undefined);
  }
}

/** Waits for its turn, until the end of the transaction. A store's locks are told from another's by its schema. */
async function take(tx: Tx, guard: Guard): Promise<void> {
  if (guard === 'intake') return;
  const all = sql`hashtextextended(current_schema(), 0)`;
  if (guard === 'everything') return void (await sql`SELECT pg_advisory_xact_lock(${all})`.execute(tx));
  const one = sql`hashtextextended(current_schema() || ' ' || ${guard.destination}::text, 0)`;
  await sql`SELECT pg_advisory_xact_lock_shared(${all})`.execute(tx);
  await sql`SELECT pg_advisory_xact_lock(${one})`.execute(tx);
}

function isDeadlock(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === '40P01' || error.code === '40001');
}
