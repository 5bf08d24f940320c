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
import { CLOCK, pause } from './clock';
import type { Clock } from './clock';
import { Dispatcher } from './dispatcher';

const LONGEST_INTERVAL_MS = 30_000;
const SHORTEST_INTERVAL_MS = 1_000;
// Small steps, and a breath between them: intake and delivery share the store.
const EVENTS_PER_STEP = 500;
const BREATH_MS = 20;

/** Looks how much waits, gives up what has waited for too long, and removes what has had its end for long enough. */
@Injectable()
export class Housekeeping implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private running: Promise<void> = Promise.resolve();
  private cancelTimer: (() => void) | undefined;
  private isStopped = false;

  constructor(
    @Inject(RELAY_CONFIG) private readonly config: RelayConfig,
    @Inject(OUTBOX) private readonly outbox: OutboxPort,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly dispatcher: Dispatcher,
    private readonly alarm: StorageAlarm,
    @Inject(RELAY_OBSERVER) private readonly observer: RelayObserver,
  ) {}

  onApplicationBootstrap(): void {
    this.schedule();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.isStopped = true;
    this.cancelTimer?.();
    await this.running;
  }

  private schedule(): void {
    if (this.isStopped) return;
    const { retryHorizonMs, retentionMs } = this.config;
    const interval = Math.min(
      LONGEST_INTERVAL_MS,
      Math.max(SHORTEST_INTERVAL_MS, Math.min(retryHorizonMs, retentionMs) / 10),
    );
    this.cancelTimer = this.clock.setTimer(() => {
      this.running = this.run().then(() => this.schedule());
    }, interval);
  }

  private async run(): Promise<void> {
    try {
      // What another process knows to be paused is not given up.
      await this.dispatcher.lookAtPauses();
      if (await this.outbox.keepsHouse()) await this.outbox.sampleBacklog(this.clock.now());
      await this.giveUp();
      await this.prune();
    } catch (error) {
      this.alarm.failed(error);
    }
  }

  private async giveUp(): Promise<void> {
    const { retryHorizonMs } = this.config;
    const sentence = `given up after ${describeDuration(retryHorizonMs)}`;
    // What waits for a person can all be delivered then.
    for (const { destination, pause } of this.dispatcher.list().filter(({ waitsForPerson }) => !waitsForPerson)) {
      const { name } = destination;
      await this.inSteps(async () => {
        const now = this.clock.now();
        const call = { destination: name, before: now - retryHorizonMs, now, sentence };
        const given = await this.outbox.giveUp({ ...call, ...(pause ? { pausedBy: pause.reason } : {}) });
        if (given.length > 0) this.observer.ended(name, 'rejected', given);
        return given.length;
      });
    }
  }

  private async prune(): Promise<void> {
    const { retentionMs, deadLetterRetentionMs, deduplicationMs } = this.config;
    const periods = { retentionMs, deadLetterRetentionMs, deduplicationMs };
    await this.inSteps(() => this.outbox.prune({ now: this.clock.now(), limit: EVENTS_PER_STEP, ...periods }));
  }

  private async inSteps(step: () => Promise<number>): Promise<void> {
    while (!this.isStopped && (await this.outbox.keepsHouse()) && (await step()) > 0)
      await pause(this.clock, BREATH_MS);
  }
}
