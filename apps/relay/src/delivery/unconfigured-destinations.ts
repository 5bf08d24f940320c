import { Inject, Injectable, Logger } from '@nestjs/common';
import type { OnApplicationBootstrap } from '@nestjs/common';
import { RELAY_CONFIG } from '../config/relay-config';
import type { RelayConfig } from '../config/relay-config';
import type { OtherDestination } from '../outbox/port/other-destination';
import { OUTBOX } from '../outbox/port/outbox.port';
import type { OutboxPort } from '../outbox/port/outbox.port';

/** Why what waits for one of them became a dead letter. */
export const NOT_CONFIGURED = 'the destination is not configured any more';

/** Destinations that were renamed or removed, as far as the store still knows them. */
@Injectable()
export class UnconfiguredDestinations implements OnApplicationBootstrap {
  private readonly logger = new Logger('delivery');

  constructor(
    @Inject(RELAY_CONFIG) private readonly config: Pick<RelayConfig, 'destinations'>,
    @Inject(OUTBOX) private readonly outbox: Pick<OutboxPort, 'listOthers'>,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const waiting = (await this.list()).map(({ name, pending }) => `${name} (${pending})`);
    if (waiting.length === 0) return;
    this.logger.warn(`events wait for destinations that are not configured, move or end them: ${waiting.join(', ')}`);
  }

  /** Those for which events wait. */
  async list(): Promise<readonly OtherDestination[]> {
    return (await this.listAll()).filter(({ pending }) => pending > 0);
  }

  /** All of which events are or were kept. */
  listAll(): Promise<readonly OtherDestination[]> {
    return this.outbox.listOthers(this.config.destinations.map(({ name }) => name));
  }
}
