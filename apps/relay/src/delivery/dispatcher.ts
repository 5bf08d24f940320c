import { TurnMemory } from '@segment-userleap/delivery';
import { Inject, Injectable, Logger } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { RELAY_CONFIG } from '../config/relay-config';
import type { RelayConfig } from '../config/relay-config';
import { RELAY_OBSERVER } from '../observer/relay-observer';
import type { RelayObserver } from '../observer/relay-observer';
import { OUTBOX } from '../outbox/port/outbox.port';
import type { OutboxPort } from '../outbox/port/outbox.port';
import { StorageAlarm } from '../outbox/storage-alarm';
import { STORE_NEWS } from '../outbox/port/store-news';
import type { StoreNews } from '../outbox/port/store-news';
import { BELIEVED_TIME } from './believed-time';
import type { BelievedTime } from './believed-time';
import { Circuit } from './circuit';
import { CLOCK } from './clock';
import type { Clock } from './clock';
import { DestinationDelivery } from './destination-delivery';
import { inOnePass } from './in-steps';
import { RepeatedWork } from './repeated-work';
import { UserLeapClient } from './userleap-client';

/** The delivery of every destination, side by side: none waits for another. */
@Injectable()
export class Dispatcher implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('delivery');
  private readonly deliveries = new Map<string, DestinationDelivery>();
  private looking: Promise<void> = Promise.resolve();
  private leaving: Promise<void> = Promise.resolve();
  private isStopped = false;
  private readonly looks: RepeatedWork | undefined;

  constructor(
    @Inject(RELAY_CONFIG) private readonly config: RelayConfig,
    @Inject(OUTBOX) private readonly outbox: OutboxPort,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly client: UserLeapClient,
    private readonly alarm: StorageAlarm,
    @Inject(RELAY_OBSERVER) private readonly observer: RelayObserver,
    @Inject(STORE_NEWS) private readonly news: StoreNews,
    @Inject(BELIEVED_TIME) private readonly time: BelievedTime,
  ) {
    const { lookEveryMs } = news;
    this.looks = lookEveryMs === undefined ? undefined : new RepeatedWork(clock, lookEveryMs, () => this.look());
  }

  async onApplicationBootstrap(): Promise<void> {
    const { destinations } = this.config;
    await this.outbox.useEnvironments(
      destinations.map(({ name, budget }) => ({ destination: name, environment: budget.id })),
    );
    const pauses = await this.outbox.loadPauses();
    const handPauses = await this.outbox.loadHandPauses();
    const { outbox, clock, client, alarm, observer, logger, news, time } = this;
    const nudge = (destination: string): void => news.nudge(destination);
    const memory = new TurnMemory();
    const told = { secret: await this.outbox.loadSecret(), unchangedMs: this.config.unchangedMs };
    const outside = { outbox, clock, client, alarm, observer, logger, memory, told, nudge, time, chance: Math.random };
    for (const destination of destinations) {
      const { name } = destination;
      const circuit = new Circuit(pauses.get(name));
      const delivery = new DestinationDelivery(destination, circuit, outside, handPauses.get(name));
      this.deliveries.set(name, delivery);
    }
    for (const delivery of this.deliveries.values()) delivery.wake();
    this.leaving = this.leaveEnvironments();
    news.listen(({ what, destination }) => (what === 'ready' ? this.wake(destination) : void this.lookAtPauses()));
    this.looks?.start();
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.stop();
  }

  /** Begins no request any more; resolves when what was in flight has been answered and its outcome is kept. */
  async stop(): Promise<void> {
    this.isStopped = true;
    await Promise.all([this.leaving, this.looks?.stop(), ...this.list().map((delivery) => delivery.stop())]);
  }

  /** Something may have become ready for a destination. Returns at once. */
  wake(destination: string): void {
    this.deliveries.get(destination)?.wake();
  }

  /** The delivery of a destination; undefined where none of this name is configured. */
  of(destination: string): DestinationDelivery | undefined {
    return this.deliveries.get(destination);
  }

  list(): readonly DestinationDelivery[] {
    return [...this.deliveries.values()];
  }

  /** Takes over what other processes have paused or resumed, where there are others. */
  async lookAtPauses(): Promise<void> {
    if (this.news.lookEveryMs === undefined) return;
    return (this.looking = this.looking.then(() => this.followPauses()));
  }

  /** Where a destination has another key: who was looked up in vain under the one before may be known now. */
  private async leaveEnvironments(): Promise<void> {
    for (const delivery of this.list()) {
      const { name, budget } = delivery.destination;
      await inOnePass(this.clock, async (limit) => {
        if (this.isStopped) return 0;
        const call = { destination: name, environment: budget.id, now: this.clock.now(), limit };
        const hastened = await this.outbox.leaveEnvironments(call);
        if (hastened > 0) delivery.wake();
        return hastened;
      }).catch((error: unknown) => this.alarm.failed(error));
    }
  }

  /** News may get lost, and another process may end and leave something ready. */
  private async look(): Promise<void> {
    await this.lookAtPauses();
    // Where the store cannot be read, whoever has something finds that out.
    const waiting = await this.outbox.countWaitingFor().catch(() => undefined);
    for (const [name, delivery] of this.deliveries) if (waiting?.has(name) ?? true) delivery.wake();
    // What the others did shows in the overview.
    this.observer.steered([]);
  }

  private async followPauses(): Promise<void> {
    const all = this.list().map(({ destination, pauses }) => ({ destination, pauses, changes: pauses.changes }));
    try {
      const [kept, keptByHand] = await Promise.all([this.outbox.loadPauses(), this.outbox.loadHandPauses()]);
      for (const { destination, pauses, changes } of all) {
        pauses.follow(kept.get(destination.name), keptByHand.get(destination.name), changes);
      }
    } catch (error) {
      this.alarm.failed(error);
    }
  }
}
