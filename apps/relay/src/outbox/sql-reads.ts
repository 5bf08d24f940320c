import type { ReasonCode } from '@segment-userleap/mapping';
import type { Budget } from '../config/rate-limit';
import { budgetUse } from './budget/request-budget';
import { countDeadLettersByReason, countHeld, countPending, countWaitingFor } from './counting/count-waiting';
import { listOthers } from './counting/list-others';
import { minuteOf } from './counting/minute-of';
import { lastSampleBefore } from './counting/sample-backlog';
import { hasAnswered, usersKeyOf } from './environments';
import { loadMemories } from './memory/load-memories';
import { countNewNames, listNames } from './names/list-names';
import { loadPausedTimes } from './past-pauses';
import { loadHandPauses, loadPauses } from './pauses';
import type { BudgetInUse } from './port/budget-in-use';
import type { EventNames, NamesCall } from './port/event-names';
import type { EventFilter, EventRecord, ListCursor, Priority } from './port/event-record';
import type { LaneFilter, LaneRecord } from './port/lane-record';
import type { OtherDestination, WaitingCursor, WaitingEvent } from './port/other-destination';
import type { DeadLetter, DeadLetterCount, DeadLetterFilter, KeptEvent, Pause, PausedTime } from './port/outbox.port';
import type { DeadLetterGroup } from './port/dead-letters';
import type { FlowCall, FlowPart } from './port/flow';
import type { OutboxOverview } from './port/overview';
import type { FindRepeatsCall, FoundRepeats } from './port/repeats';
import type { OvergrownLane } from './port/steps';
import { countDeadLetters, groupDeadLetters } from './reading/dead-letters';
import { listEvents } from './reading/find-events';
import { loadDeadLetters } from './reading/load-ended';
import { lastDelivered } from './reading/last-delivered';
import { loadUsageDays } from './reading/load-usage';
import type { Usage, UsageCall } from './port/usage';
import { listLanes } from './reading/list-lanes';
import { loadEvent } from './reading/load-event';
import { loadFlow } from './reading/load-flow';
import { loadOverview } from './reading/load-overview';
import { readAtOnce } from './reading/read-at-once';
import type { Db } from './schema/outbox-schema';
import { findOvergrown, findReadySince } from './turns/find-lanes';
import { findRepeats } from './turns/find-repeats';
import { loadWaiting } from './turns/find-waiting';

/** What is only read of an outbox in a database. */
export abstract class SqlReads {
  protected constructor(protected readonly db: Db) {}

  listEvents(filter: EventFilter): Promise<readonly EventRecord[]> {
    return listEvents(this.db, filter);
  }

  loadEvent(id: number): Promise<KeptEvent | undefined> {
    return loadEvent(this.db, id);
  }

  async readClock(): Promise<number> {
    return Date.now();
  }

  budgetUse(budget: Budget, budgetNow: number): Promise<BudgetInUse> {
    return budgetUse(this.db, budget, budgetNow);
  }

  listLanes(filter: LaneFilter): Promise<readonly LaneRecord[]> {
    return listLanes(this.db, filter);
  }

  overview(now: number): Promise<OutboxOverview> {
    return loadOverview(this.db, now);
  }

  flow(call: FlowCall): Promise<readonly FlowPart[]> {
    return loadFlow(this.db, call);
  }

  listOthers(configured: readonly string[]): Promise<readonly OtherDestination[]> {
    return listOthers(this.db, configured);
  }

  loadWaiting(destination: string, after: WaitingCursor | undefined, limit: number): Promise<readonly WaitingEvent[]> {
    return loadWaiting(this.db, destination, after, limit);
  }

  findRepeats(call: FindRepeatsCall): Promise<FoundRepeats> {
    return readAtOnce(this.db, (tx) => findRepeats(tx, call));
  }

  async isKnownUser(environment: string, userId: string): Promise<boolean> {
    const row = await this.db
      .selectFrom('environment_users')
      .select('known')
      .where('environment', '=', usersKeyOf(environment))
      .where('user_id', '=', userId)
      .executeTakeFirst();
    return row?.known === 1;
  }

  async loadMemory(environment: string, userId: string): Promise<Uint8Array | undefined> {
    return (await loadMemories(this.db, environment, [userId])).get(userId)?.memory ?? undefined;
  }

  lastDelivered(environment: string, userId: string): Promise<number | undefined> {
    return lastDelivered(this.db, environment, userId);
  }

  hasAnswered(environment: string): Promise<boolean> {
    return hasAnswered(this.db, environment);
  }

  usageDays(call: Pick<UsageCall, 'environment' | 'month'>): Promise<Usage['days']> {
    return loadUsageDays(this.db, call);
  }

  findOvergrown(destination: string, most: number): Promise<readonly OvergrownLane[]> {
    return findOvergrown(this.db, destination, most);
  }

  lastSampleBefore(time: number): Promise<number | undefined> {
    return lastSampleBefore(this.db, time);
  }

  loadDeadLetters(
    filter: DeadLetterFilter,
    after: ListCursor | undefined,
    limit: number,
  ): Promise<readonly DeadLetter[]> {
    return loadDeadLetters(this.db, filter, after, limit);
  }

  groupDeadLetters(): Promise<readonly DeadLetterGroup[]> {
    return groupDeadLetters(this.db);
  }

  countDeadLetters(filter: DeadLetterFilter, most?: number): Promise<number> {
    return countDeadLetters(this.db, filter, most);
  }

  loadPauses(): Promise<ReadonlyMap<string, Pause>> {
    return loadPauses(this.db);
  }

  loadHandPauses(): Promise<ReadonlyMap<string, number>> {
    return loadHandPauses(this.db);
  }

  loadPausedTimes(): Promise<ReadonlyMap<string, readonly PausedTime[]>> {
    return loadPausedTimes(this.db);
  }

  countPending(destination: string): Promise<number> {
    return countPending(this.db, destination);
  }

  countWaitingFor(reason?: ReasonCode): Promise<ReadonlyMap<string, number>> {
    return countWaitingFor(this.db, reason);
  }

  countDeadLettersByReason(): Promise<readonly DeadLetterCount[]> {
    return countDeadLettersByReason(this.db);
  }

  countHeld(): Promise<ReadonlyMap<string, number>> {
    return countHeld(this.db);
  }

  listNames(call: NamesCall): Promise<EventNames> {
    return listNames(this.db, call);
  }

  countNewNames(now: number): Promise<ReadonlyMap<string, number>> {
    return countNewNames(this.db, now);
  }

  async hasRequestedSince(destination: string, since: number): Promise<boolean> {
    const row = await this.db
      .selectFrom('flow')
      .select('minute')
      .where('minute', '>=', minuteOf(since))
      .where('destination', '=', destination)
      .where('requests', '>', 0)
      .limit(1)
      .executeTakeFirst();
    return row !== undefined;
  }

  readySince(destination: string, now: number, priority?: Priority): Promise<number | undefined> {
    return findReadySince(this.db, { destination, now }, priority);
  }
}
