import { Inject, Injectable } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { describeDuration } from '../config/duration';
import { RELAY_CONFIG } from '../config/relay-config';
import type { RelayConfig } from '../config/relay-config';
import { RELAY_OBSERVER } from '../observer/relay-observer';
import type { RelayObserver } from '../observer/relay-observer';
import { OUTBOX } from '../outbox/port/outbox.port';
import type { OutboxPort } from '../outbox/port/outbox.port';
import { StorageAlarm } from '../outbox/storage-alarm';
import { CLOCK } from './clock';
import type { Clock } from './clock';
import { Dispatcher } from './dispatcher';
import { endStrangers } from './end-strangers';
import { EVENTS_PER_STEP, inSteps } from './in-steps';
import { RepeatedWork } from './repeated-work';

const LONGEST_INTERVAL_MS = 30_000;
const SHORTEST_INTERVAL_MS = 1_000;

/** Looks how much waits, gives up what has waited for too long, and removes what has had its end for long enough. */
@Injectable()
export class Housekeeping implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly work: RepeatedWork;
  private isStopped = false;

  constructor(
    @Inject(RELAY_CONFIG) private readonly config: RelayConfig,
    @Inject(OUTBOX) private readonly outbox: OutboxPort,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly dispatcher: Dispatcher,
    private readonly alarm: StorageAlarm,
    @Inject(RELAY_OBSERVER) private readonly observer: RelayObserver,
  ) {
    this.work = new RepeatedWork(clock, intervalOf(config), () => this.run());
  }

  onApplicationBootstrap(): void {
    this.work.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.isStopped = true;
    await this.work.stop();
  }

  private async run(): Promise<void> {
    try {
      // What another process knows to be paused is not given up.
      await this.dispatcher.lookAtPauses();
      if (await this.outbox.keepsHouse()) await this.outbox.sampleBacklog(this.clock.now());
      await this.giveUp();
      await this.endStrangers();
      await this.prune();
    } catch (error) {
      this.alarm.failed(error);
    }
  }

  private async giveUp(): Promise<void> {
    const { retryHorizonMs } = this.config;
    const sentence = `given up after ${describeDuration(retryHorizonMs)}`;
    // What waits for a person can all be delivered then.
    for (const { destination, pauses } of this.dispatcher.list().filter(({ pauses }) => !pauses.waitsForPerson)) {
      const { name } = destination;
      await this.whileInCharge(async () => {
        const now = this.clock.now();
        const call = { destination: name, before: now - retryHorizonMs, now, sentence };
        const { byRelay } = pauses;
        const given = await this.outbox.giveUp({ ...call, ...(byRelay ? { pausedBy: byRelay.reason } : {}) });
        if (given.length > 0) this.observer.ended(name, 'rejected', given);
        return given.length;
      });
    }
  }

  private async endStrangers(): Promise<void> {
    for (const { destination } of this.dispatcher.list().filter(({ pauses }) => !pauses.waitsForPerson)) {
      await this.whileInCharge(async () => {
        const ended = await endStrangers(this.outbox, destination, this.config, this.clock.now());
        if (ended.length > 0) this.observer.ended(destination.name, 'rejected', ended);
        return ended.length;
      });
    }
  }

  private async prune(): Promise<void> {
    const { retentionMs, deadLetterRetentionMs, deduplicationMs } = this.config;
    const periods = { retentionMs, deadLetterRetentionMs, deduplicationMs };
    await this.whileInCharge(() => this.outbox.prune({ now: this.clock.now(), limit: EVENTS_PER_STEP, ...periods }));
  }

  /** In steps, for as long as it is this process that keeps house. */
  private async whileInCharge(step: () => Promise<number>): Promise<void> {
    await inSteps(this.clock, async () => (!this.isStopped && (await this.outbox.keepsHouse()) ? step() : 0));
  }
}

/** What is to be given up or removed soon has to be looked for often. */
function intervalOf({ retryHorizonMs, retentionMs, destinations }: RelayConfig): number {
  const graces = destinations.map(({ settings }) => settings.unknownUserGraceSeconds * 1000);
  const shortest = Math.max(SHORTEST_INTERVAL_MS, Math.min(retryHorizonMs, retentionMs, ...graces) / 10);
  return Math.min(LONGEST_INTERVAL_MS, shortest);
}
