import { Inject, Injectable } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { announceNames } from './announce-names';
import { describeDuration } from '../config/duration';
import { RELAY_CONFIG } from '../config/relay-config';
import type { RelayConfig } from '../config/relay-config';
import { RELAY_OBSERVER } from '../observer/relay-observer';
import type { RelayObserver } from '../observer/relay-observer';
import { OUTBOX } from '../outbox/port/outbox.port';
import type { OutboxPort, PausedTime } from '../outbox/port/outbox.port';
import type { GiveUpCall } from '../outbox/port/steps';
import { StorageAlarm } from '../outbox/storage-alarm';
import { BELIEVED_TIME } from './believed-time';
import type { BelievedTime } from './believed-time';
import { CLOCK } from './clock';
import type { Clock } from './clock';
import type { DestinationDelivery } from './destination-delivery';
import { Dispatcher } from './dispatcher';
import { endStrangers } from './end-strangers';
import { endHeld } from './end-held';
import type { HoldConfig } from './end-held';
import { horizonStart } from './horizon-start';
import { BREATH_MS, StepSize } from './in-steps';
import { RepeatedWork } from './repeated-work';
import { NOT_CONFIGURED, UnconfiguredDestinations } from './unconfigured-destinations';

const LONGEST_INTERVAL_MS = 30_000;
const SHORTEST_INTERVAL_MS = 1_000;
const STEP_BACK_MS = 1_000;
// As long as there is more to do, each kind of work has so much of a round, shared by destinations.
const SHARE_MS = 1_000;
// No lane waits for longer: UserLeap may ask for an hour at most (retry-delay.ts), and back-off is shorter; a user who is not
// known is looked up once a day at least.
const LONGEST_WAITS = [
  { kind: 'retries', ms: 60 * 60_000 },
  { kind: 'look-ups', ms: 24 * 60 * 60_000 },
] as const;

type PausedTimes = Awaited<ReturnType<OutboxPort['loadPausedTimes']>>;

type HousekeepingConfig = Pick<
  RelayConfig,
  'destinations' | 'retryHorizonMs' | 'retentionMs' | 'deadLetterRetentionMs' | 'deduplicationMs' | 'parkedLimit'
> &
  HoldConfig;

/**
 * Looks how much waits, tells of new names, gives up what has waited for too long, ends what nobody has claimed, erases, and removes what has had its end for long enough. A
 * round is some steps of each; while there is more to do, the next one follows after a breath. So none waits for another to end.
 */
@Injectable()
export class Housekeeping implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly intervalMs: number;
  private readonly work: RepeatedWork;
  private readonly giveUpSize = new StepSize();
  private readonly strangersSize = new StepSize();
  private readonly heldSize = new StepSize();
  private readonly eraseSize = new StepSize();
  private readonly pruneSize = new StepSize();
  private readonly farSize = new StepSize();
  private sampledAt = -Infinity;
  // As far as it was seen ahead of the time that has passed here. What was before the start may have had any clock.
  private clockAheadMs = Infinity;

  constructor(
    @Inject(RELAY_CONFIG) private readonly config: HousekeepingConfig,
    @Inject(OUTBOX) private readonly outbox: OutboxPort,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(BELIEVED_TIME) private readonly time: Pick<BelievedTime, 'now'>,
    @Inject(Dispatcher) private readonly dispatcher: Pick<Dispatcher, 'list' | 'lookAtPauses'>,
    @Inject(UnconfiguredDestinations) private readonly unconfigured: Pick<UnconfiguredDestinations, 'list'>,
    @Inject(StorageAlarm) private readonly alarm: Pick<StorageAlarm, 'failed'>,
    @Inject(RELAY_OBSERVER) private readonly observer: RelayObserver,
  ) {
    this.intervalMs = intervalOf(config);
    this.work = new RepeatedWork(clock, this.intervalMs, () => this.run());
  }

  onApplicationBootstrap(): void {
    this.work.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.work.stop();
  }

  private async run(): Promise<number | undefined> {
    try {
      // What another process knows to be paused is not given up.
      await this.dispatcher.lookAtPauses();
      if (!(await this.outbox.keepsHouse())) return undefined;
      await this.sample();
      await announceNames(this.outbox, this.config.destinations, this.observer);
      const pausedTimes = await this.outbox.loadPausedTimes();
      const late =
        (await this.giveUp(pausedTimes)) + (await this.giveUpUnconfigured()) + (await this.endStrangers(pausedTimes));
      await this.forgetPausedTimes(pausedTimes);
      const done =
        late + (await this.forgetFarPlans()) + (await this.endHeld()) + (await this.erase()) + (await this.prune());
      return done > 0 ? BREATH_MS : undefined;
    } catch (error) {
      this.alarm.failed(error);
      return undefined;
    }
  }

  private async sample(): Promise<void> {
    const elapsed = this.clock.elapsed();
    if (elapsed - this.sampledAt < this.intervalMs) return;
    await this.outbox.sampleBacklog(this.clock.now());
    this.sampledAt = elapsed;
  }

  /** Once the clock was set back, nothing waits for what is now further ahead than it can be. A step at each destination. */
  private async forgetFarPlans(): Promise<number> {
    const aheadMs = this.clock.now() - this.clock.elapsed();
    if (aheadMs >= this.clockAheadMs - STEP_BACK_MS) {
      this.clockAheadMs = aheadMs;
      return 0;
    }
    let count = 0;
    for (const delivery of this.dispatcher.list()) {
      const { destination } = delivery;
      await this.outbox.dropFarPlaces(destination.budget, this.clock.budgetNow());
      const now = this.clock.now();
      for (const { kind, ms } of LONGEST_WAITS) {
        const far = { destination: destination.name, kind, after: now + ms, now };
        const hastened = await this.farSize.take((limit) => this.outbox.hastenLanes({ ...far, limit }));
        if (hastened > 0) delivery.wake();
        count += hastened;
      }
    }
    if (count === 0) this.clockAheadMs = aheadMs;
    return count;
  }

  /** A step at each destination. Returns how many were given up. */
  private async giveUp(pausedTimes: PausedTimes): Promise<number> {
    const sentence = `given up after ${describeDuration(this.config.retryHorizonMs)}`;
    let count = 0;
    for (const { destination, pauses } of this.triedOf(await this.outbox.countWaitingFor())) {
      const { byRelay } = pauses;
      const why = { sentence, ...(byRelay ? { pausedBy: byRelay.reason } : {}) };
      count += await this.giveUpAt(destination.name, pausedTimes.get(destination.name) ?? [], why);
    }
    return count;
  }

  /** The same where nothing is sent. What keeps such a destination paused ends with its configuration. */
  private async giveUpUnconfigured(): Promise<number> {
    const sentence = `given up after ${describeDuration(this.config.retryHorizonMs)}; ${NOT_CONFIGURED}`;
    const others = await this.unconfigured.list();
    if (others.length === 0) return 0;
    for (const { name } of others) await this.outbox.endPausedTimes(name, this.clock.now());
    const times = await this.outbox.loadPausedTimes();
    let count = 0;
    for (const { name } of others) {
      const past = (times.get(name) ?? []).filter(({ until }) => until !== null);
      count += await this.giveUpAt(name, past, { sentence, isForUntried: true });
    }
    return count;
  }

  private async giveUpAt(
    destination: string,
    pausedTimes: readonly PausedTime[],
    why: Pick<GiveUpCall, 'sentence' | 'pausedBy' | 'isForUntried'>,
  ): Promise<number> {
    const now = this.time.now();
    const before = horizonStart(now, this.config.retryHorizonMs, pausedTimes);
    return this.giveUpSize.takeSome(this.clock, this.destinationMs(), async (limit) => {
      const given = await this.outbox.giveUp({ destination, before, now, limit, ...why });
      if (given.length > 0) this.observer.ended(destination, 'rejected', given);
      return countOf(given);
    });
  }

  private destinationMs(): number {
    return SHARE_MS / Math.max(1, this.dispatcher.list().length);
  }

  /** Some steps at each destination. Returns how many were ended. */
  private async endStrangers(pausedTimes: PausedTimes): Promise<number> {
    let count = 0;
    for (const { destination } of this.triedOf(await this.outbox.countWaitingFor('unknown_user'))) {
      count += await this.strangersSize.takeSome(this.clock, this.destinationMs(), async (limit) => {
        const ended = await endStrangers(this.outbox, destination, this.config, {
          parked: await this.outbox.countWaitingFor('unknown_user'),
          now: this.time.now(),
          limit,
          pausedTimes: pausedTimes.get(destination.name) ?? [],
        });
        if (ended.length > 0) this.observer.ended(destination.name, 'rejected', ended);
        return countOf(ended);
      });
    }
    return count;
  }

  /** Returns how many were ended. */
  private async endHeld(): Promise<number> {
    return this.heldSize.takeSome(this.clock, SHARE_MS, async (limit) => {
      const ended = await endHeld(this.outbox, this.config, this.time.now(), limit);
      for (const { destination, isTooMuch, ...events } of ended) {
        this.observer.ended(destination, 'unsupported', [events]);
        if (isTooMuch) this.observer.heldTooMuch(destination, events.count);
      }
      return countOf(ended);
    });
  }

  /** Those of the destinations that do not wait for a person: what does can all be delivered then. */
  private triedOf(waiting: ReadonlyMap<string, number>): readonly DestinationDelivery[] {
    return this.dispatcher
      .list()
      .filter(({ destination, pauses }) => waiting.has(destination.name) && !pauses.waitsForPerson);
  }

  /** Returns how many events were erased of users whom UserLeap has erased. */
  private erase(): Promise<number> {
    return this.eraseSize.takeSome(this.clock, SHARE_MS, (limit) =>
      this.outbox.goOnErasing({ now: this.clock.now(), limit }),
    );
  }

  /** Those that lie before every horizon. */
  private async forgetPausedTimes(pausedTimes: PausedTimes): Promise<void> {
    for (const [name, times] of pausedTimes) {
      const { settings } = this.config.destinations.find((destination) => destination.name === name) ?? {};
      const longestMs = Math.max(this.config.retryHorizonMs, (settings?.unknownUserGraceSeconds ?? 0) * 1000);
      const before = horizonStart(this.time.now(), longestMs, times);
      const isAnyOver = times.some(({ until }) => until !== null && until < before);
      if (isAnyOver) await this.outbox.forgetPausedTimes(name, before);
    }
  }

  /** Returns how many rows were removed or emptied. */
  private prune(): Promise<number> {
    const { retentionMs, deadLetterRetentionMs, deduplicationMs } = this.config;
    const periods = { retentionMs, deadLetterRetentionMs, deduplicationMs };
    return this.pruneSize.takeSome(this.clock, SHARE_MS, (limit) =>
      this.outbox.prune({ now: this.time.now(), limit, ...periods }),
    );
  }
}

function countOf(ended: readonly { readonly count: number }[]): number {
  return ended.reduce((sum, { count }) => sum + count, 0);
}

/** What is to be given up or removed soon has to be looked for often. */
function intervalOf({ retryHorizonMs, retentionMs, anonymousHoldMs, destinations }: HousekeepingConfig): number {
  const graces = destinations.map(({ settings }) => settings.unknownUserGraceSeconds * 1000).filter((ms) => ms > 0);
  const shortest = Math.max(
    SHORTEST_INTERVAL_MS,
    Math.min(retryHorizonMs, retentionMs, anonymousHoldMs || Infinity, ...graces) / 10,
  );
  return Math.min(LONGEST_INTERVAL_MS, shortest);
}
