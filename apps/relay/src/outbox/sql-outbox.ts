import type { Secret } from '@segment-userleap/delivery';
import { acceptEvents } from './accepting/accept-events';
import type { CountedTx } from './counting/counted-write';
import { writeInVain } from './counting/write-in-vain';
import { useEnvironments } from './environments';
import { loadSecret } from './memory/load-secret';
import { dismiss } from './removing/dismiss';
import { endHeld } from './removing/end-held';
import { eraseHeld } from './removing/erase-held';
import { eraseUser } from './removing/erase-user';
import type { Guard, Work } from './guard';
import { markNames, takeNewNames } from './names/mark-names';
import type { MarkCall, NewName } from './port/event-names';
import { endParked } from './turns/end-parked';
import { endRepeats } from './turns/end-repeats';
import { endWaiting } from './turns/end-waiting';
import { goOnErasing } from './turns/erase-settled';
import { giveUp } from './turns/give-up';
import { hasDeleting } from './turns/find-lanes';
import { hastenLanes } from './turns/hasten-lanes';
import { leaveEnvironments } from './turns/leave-environments';
import { moveWaiting } from './turns/move-waiting';
import type { Db, Tx } from './schema/outbox-schema';
import { leaseTurns } from './turns/lease-turns';
import type { BacklogLimits } from './port/backlog-limits';
import { BacklogFull } from './port/outbox.port';
import type { NewEvent, OutboxPort, Pause, WaitingCounts } from './port/outbox.port';
import type {
  EndedHeld,
  EndHeldCall,
  EndParkedCall,
  EnvironmentInUse,
  EraseCall,
  Erased,
  EraseHeldCall,
  GiveUpCall,
  HastenCall,
  LeaveCall,
  PruneCall,
} from './port/steps';
import type { Priority } from './port/event-record';
import type { EndWaitingCall, MoveCall } from './port/other-destination';
import type { EndedEvents, LeaseCall, Leased, Reserved, Settlement, Turn } from './port/turn';
import { pauseByHand, resume, savePause } from './pauses';
import { endPausedTimes, forgetPausedTimes } from './past-pauses';
import { prune } from './removing/prune';
import type { Budget } from '../config/rate-limit';
import { blockBudget, closeGaps, countPlaces, dropFarPlaces, endPlaces, reservePlaces } from './budget/request-budget';
import { SqlReads } from './sql-reads';
import type { DismissCall } from './port/dead-letters';
import { requeue } from './turns/requeue';
import { sampleBacklog } from './counting/sample-backlog';
import { guardOf } from './turns/settle-guard';
import { settleTurns } from './turns/settle-turns';
import { userKey } from './port/user-key';
import { MostSent } from './usage/most-sent';
import { loadUsage } from './reading/load-usage';
import type { TrackCall, TrackedUsers, Usage, UsageCall } from './port/usage';
import { trackUsers } from './usage/track-users';

/** Of the backlog limit: where more waits, no backfill is taken. The rest is for what is live alone. */
const BACKFILL_SHARE = 0.75;

/** Of what is counted in memory, so many names are up to date whenever somebody asks. */
const FRESH_NAMES = 50;

/** The outbox in a database; what differs between databases is left to those that extend it. */
export abstract class SqlOutbox extends SqlReads implements OutboxPort {
  /** Undefined: whatever there is. */
  protected configured: readonly string[] | undefined;
  private inUse: readonly EnvironmentInUse[] = [];
  readonly #mostSent = new MostSent((work) => this.write('nothing', work));

  protected constructor(
    db: Db,
    private readonly limits: BacklogLimits,
  ) {
    super(db);
  }

  /** Does the work in one transaction. */
  protected abstract write<T>(guard: Guard, work: Work<T>): Promise<T>;
  /** How many events wait for the destinations that are configured. */
  protected abstract countWaiting(): Promise<WaitingCounts>;

  async accept(events: readonly NewEvent[]): Promise<void> {
    const isLive = events.some(({ isBackfilled }) => !isBackfilled);
    if ((await this.backlog()) >= this.limits.backlogLimit * (isLive ? 1 : BACKFILL_SHARE)) {
      throw new BacklogFull('more events wait than the relay is set to keep');
    }
    await this.write('nothing', (tx) => acceptEvents(tx, events));
  }

  async lease(call: LeaseCall): Promise<Leased> {
    const mayPurge = call.mayPurge && (await hasDeleting(this.db, call));
    // A purge drops what waits in other lanes, too.
    const guard = { destination: call.destination, isShared: !mayPurge };
    return this.write(guard, (tx) => this.leaseTurns(tx, { ...call, mayPurge }));
  }

  reserve(turn: Pick<Turn, 'id' | 'isBackfilled'> | undefined, budget: Budget, budgetNow: number): Promise<Reserved> {
    const priority = turn?.isBackfilled ? 'backfill' : 'live';
    return this.write('nothing', (tx) => this.reservePlaces(tx, budget, budgetNow, 1, priority));
  }

  async settle(settlements: readonly Settlement[]): Promise<readonly number[]> {
    if (settlements.length === 0) return [];
    const lost = await this.write(guardOf(settlements, this.inUse), (tx) => this.settleTurns(tx, settlements));
    await this.#mostSent.note(settlements.filter(({ turn }) => !lost.includes(turn.id)));
    return lost;
  }

  trackUsers(call: TrackCall): Promise<TrackedUsers> {
    return this.write('nothing', (tx) => trackUsers(tx, call));
  }

  async usage(call: UsageCall): Promise<Usage> {
    await this.#mostSent.write(FRESH_NAMES);
    return loadUsage(this.db, call);
  }

  endRepeats(settlements: readonly Settlement[]): Promise<readonly number[]> {
    const destination = settlements[0]?.turn.destination ?? '';
    return this.write({ destination, isShared: true }, (tx) => endRepeats(tx, settlements));
  }

  block(budget: Budget, until: number): Promise<void> {
    return blockBudget(this.db, budget, until);
  }

  dropFarPlaces(budget: Budget, budgetNow: number): Promise<void> {
    return dropFarPlaces(this.db, budget, budgetNow);
  }

  loadSecret(): Promise<Secret> {
    return loadSecret(this.db);
  }

  hastenLanes(call: HastenCall): Promise<number> {
    return this.write({ destination: call.destination, isShared: true }, (tx) => hastenLanes(tx, call));
  }

  useEnvironments(inUse: readonly EnvironmentInUse[]): Promise<void> {
    this.inUse = inUse;
    this.configured = inUse.map(({ destination }) => destination);
    return this.write('everything', (tx) => useEnvironments(tx, inUse));
  }

  leaveEnvironments(call: LeaveCall): Promise<number> {
    return this.write({ destination: call.destination, isShared: true }, (tx) => leaveEnvironments(tx, call));
  }

  giveUp(call: GiveUpCall): Promise<readonly EndedEvents[]> {
    return this.write({ destination: call.destination }, async (tx) => {
      await this.freeExpired(tx, call.destination);
      return giveUp(tx, call);
    });
  }

  moveWaiting(call: MoveCall): Promise<number> {
    return this.write('everything', async (tx) => {
      await this.freeExpired(tx, call.from);
      return moveWaiting(tx, call);
    });
  }

  endWaiting(call: EndWaitingCall): Promise<readonly EndedEvents[]> {
    return this.write({ destination: call.destination }, async (tx) => {
      await this.freeExpired(tx, call.destination);
      return endWaiting(tx, call);
    });
  }

  endParked(call: EndParkedCall): Promise<readonly EndedEvents[]> {
    return this.write({ destination: call.destination }, (tx) => endParked(tx, call));
  }

  sampleBacklog(now: number): Promise<void> {
    return this.write('nothing', (tx) => sampleBacklog(tx, now));
  }

  prune(call: PruneCall): Promise<number> {
    return this.write('nothing', (tx) => prune(tx, call));
  }

  dismiss(call: DismissCall): Promise<number> {
    return this.write('nothing', (tx) => dismiss(tx, call));
  }

  async requeue(events: Parameters<OutboxPort['requeue']>[0], now: number): Promise<void> {
    await this.write('everything', (tx) => requeue(tx, events, now));
  }

  savePause(destination: string, pause: Pause | undefined, now: number): Promise<void> {
    return this.write('nothing', (tx) => savePause(tx, destination, pause, now));
  }

  pauseByHand(destination: string, pausedAt: number): Promise<void> {
    return pauseByHand(this.db, destination, pausedAt);
  }

  resume(destination: string, now: number): Promise<void> {
    return this.write('nothing', (tx) => resume(tx, destination, now));
  }

  endPausedTimes(destination: string, now: number): Promise<void> {
    return this.write('nothing', (tx) => endPausedTimes(tx, destination, now));
  }

  forgetPausedTimes(destination: string, before: number): Promise<void> {
    return forgetPausedTimes(this.db, destination, before);
  }

  eraseUser(call: EraseCall): Promise<Erased> {
    const { destination } = call;
    const own = { ...call, userId: userKey(call.userId) };
    this.#mostSent.forget(own.userId);
    return this.write(destination === undefined ? 'everything' : { destination }, (tx) => eraseUser(tx, own));
  }

  endHeld(call: EndHeldCall): Promise<readonly EndedHeld[]> {
    return this.write('nothing', (tx) => endHeld(tx, call));
  }

  eraseHeld(call: EraseHeldCall): Promise<number> {
    const own = { ...call, anonymousId: userKey(call.anonymousId) };
    return this.write('nothing', (tx) => eraseHeld(tx, own));
  }

  goOnErasing(call: Parameters<OutboxPort['goOnErasing']>[0]): Promise<number> {
    return this.write('nothing', (tx) => goOnErasing(tx, call));
  }

  markNames(call: MarkCall): Promise<number> {
    return this.write('nothing', (tx) => markNames(tx, call));
  }

  takeNewNames(limit: number): Promise<readonly NewName[]> {
    return this.write('nothing', (tx) => takeNewNames(tx, limit));
  }

  async tryWriting(): Promise<number> {
    await this.write('nothing', writeInVain);
    return this.backlog();
  }

  async keepsHouse(): Promise<boolean> {
    return true;
  }

  async close(): Promise<void> {
    await this.#mostSent.write();
    await this.db.destroy();
  }

  /** How many events wait that count against the limit: what is parked has one of its own. */
  private async backlog(): Promise<number> {
    const { all, parked } = await this.countWaiting();
    return all - Math.min(parked, this.limits.parkedLimit);
  }

  /** Frees lanes of a destination that others have in flight no more: where nothing is leased, nobody else does. */
  protected freeExpired(_tx: CountedTx, _destination: string): Promise<unknown> {
    return Promise.resolve();
  }

  /** `leaseTurns`, and what else the database needs to keep of a lease. */
  protected leaseTurns(tx: CountedTx, call: LeaseCall): Promise<Leased> {
    const { budget, budgetNow } = call;
    return leaseTurns(tx, call, {
      countPlaces: (most) => countPlaces(tx, budget, budgetNow, most),
      reserve: (most, priority) => this.reservePlaces(tx, budget, budgetNow, most, priority),
    });
  }

  /** `reservePlaces`, and what else the database needs to know of places. */
  protected reservePlaces(
    tx: Tx,
    budget: Budget,
    budgetNow: number,
    most: number,
    priority: Priority,
  ): Promise<Reserved> {
    return reservePlaces(tx, budget, budgetNow, most, priority);
  }

  /** `settleTurns`, and what else the database needs to know of the end of leases. Returns the turns that were lost. */
  protected async settleTurns(tx: CountedTx, settlements: readonly Settlement[]): Promise<readonly number[]> {
    const [first] = settlements;
    if (!first) return [];
    const places = settlements.flatMap((settlement) => settlement.places);
    await endPlaces(tx, first.budget, places);
    await settleTurns(tx, settlements);
    // As late as can be: all that share the budget wait from here on.
    await closeGaps(tx, first.budget, places);
    return [];
  }
}
