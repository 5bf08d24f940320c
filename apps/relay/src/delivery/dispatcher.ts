import { Inject, Injectable, Logger } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { RELAY_CONFIG } from '../config/relay-config';
import type { RelayConfig } from '../config/relay-config';
import { RELAY_OBSERVER } from '../observer/relay-observer';
import type { RelayObserver } from '../observer/relay-observer';
import { OUTBOX } from '../outbox/outbox.port';
import type { OutboxPort } from '../outbox/outbox.port';
import { StorageAlarm } from '../outbox/storage-alarm';
import { Circuit } from './circuit';
import { CLOCK } from './clock';
import type { Clock } from './clock';
import { DestinationDelivery } from './destination-delivery';
import { UserLeapClient } from './userleap-client';

/** The delivery of every destination, side by side: none waits for another. */
@Injectable()
export class Dispatcher implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('delivery');
  private readonly deliveries = new Map<string, DestinationDelivery>();

  constructor(
    @Inject(RELAY_CONFIG) private readonly config: RelayConfig,
    @Inject(OUTBOX) private readonly outbox: OutboxPort,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly client: UserLeapClient,
    private readonly alarm: StorageAlarm,
    @Inject(RELAY_OBSERVER) private readonly observer: RelayObserver,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const pauses = await this.outbox.loadPauses();
    const handPauses = await this.outbox.loadHandPauses();
    const { outbox, clock, client, alarm, observer, logger } = this;
    const outside = { outbox, clock, client, alarm, observer, logger, chance: Math.random };
    for (const destination of this.config.destinations) {
      const { name } = destination;
      const circuit = new Circuit(pauses.get(name));
      const delivery = new DestinationDelivery(destination, circuit, outside, handPauses.get(name));
      this.deliveries.set(name, delivery);
    }
    for (const delivery of this.deliveries.values()) delivery.wake();
  }

  /** Resolves when what was in flight has been answered and its outcome is kept. */
  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all([...this.deliveries.values()].map((delivery) => delivery.stop()));
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
}
