import { Inject, Injectable } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { OUTBOX } from '../outbox/port/outbox.port';
import type { OutboxPort } from '../outbox/port/outbox.port';
import { CLOCK } from './clock';
import type { Clock } from './clock';
import type { DestinationDelivery } from './destination-delivery';
import { Dispatcher } from './dispatcher';
import { RepeatedWork } from './repeated-work';

const LOOK_EVERY_MS = 10_000;
const STALLED_AFTER_MS = 60_000;

interface Since {
  readonly now: number;
  readonly elapsed: number;
}

type Watched = Pick<OutboxPort, 'readySince' | 'budgetUse' | 'hasRequestedSince' | 'countWaitingFor'>;

/**
 * Notices where delivery stands still, whatever the cause: something is ready at a destination that is not paused, the budget has
 * room, and no process sends anything.
 */
@Injectable()
export class StallWatch implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly since = new Map<string, Since>();
  private readonly work: RepeatedWork;

  constructor(
    @Inject(OUTBOX) private readonly outbox: Watched,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(Dispatcher) private readonly dispatcher: Pick<Dispatcher, 'list'>,
  ) {
    this.work = new RepeatedWork(clock, LOOK_EVERY_MS, () => this.look());
  }

  onApplicationBootstrap(): void {
    this.work.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.work.stop();
  }

  /** For how many milliseconds a destination has stood still; 0 up to a minute. */
  stalledMs(destination: string): number {
    const since = this.since.get(destination);
    const lastedMs = since === undefined ? 0 : this.clock.elapsed() - since.elapsed;
    return lastedMs < STALLED_AFTER_MS ? 0 : lastedMs;
  }

  private async look(): Promise<void> {
    // Where the store cannot be read, that is what is told.
    const waiting = await this.outbox.countWaitingFor().catch(() => new Map<string, number>());
    for (const delivery of this.dispatcher.list()) {
      const { name } = delivery.destination;
      const couldSend = waiting.has(name) && (await this.couldSend(delivery).catch(() => false));
      if (!couldSend) this.since.delete(name);
      else if (!this.since.has(name)) this.since.set(name, { now: this.clock.now(), elapsed: this.clock.elapsed() });
    }
  }

  /** Whether something could be sent, and was not since that was so first. */
  private async couldSend({ destination: { name, budget }, pauses }: DestinationDelivery): Promise<boolean> {
    if (pauses.isPaused || (await this.outbox.readySince(name, this.clock.now())) === undefined) return false;
    const budgetNow = this.clock.budgetNow();
    if ((await this.outbox.budgetUse(budget, budgetNow)).nextAt > budgetNow) return false;
    const since = this.since.get(name);
    return since === undefined || !(await this.outbox.hasRequestedSince(name, since.now));
  }
}
