import { Inject, Injectable } from '@nestjs/common';
import { CLOCK } from '../delivery/clock';
import type { Clock } from '../delivery/clock';
import { Dispatcher } from '../delivery/dispatcher';
import { OUTBOX } from '../outbox/port/outbox.port';
import type { OutboxOverview, OutboxPort } from '../outbox/port/outbox.port';
import { describeDestination } from './describe-destination';
import type { DestinationRecord } from './describe-destination';

export type Overview = OutboxOverview & { readonly destinations: readonly DestinationRecord[] };

/** The relay at a glance. Costs the same however much is stored. */
@Injectable()
export class OverviewService {
  constructor(
    @Inject(OUTBOX) private readonly outbox: OutboxPort,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly dispatcher: Dispatcher,
  ) {}

  async read(): Promise<Overview> {
    const now = this.clock.now();
    const deliveries = this.dispatcher.list();
    const [overview, ...destinations] = await Promise.all([
      this.outbox.overview(now),
      ...deliveries.map((delivery) => describeDestination(delivery, this.outbox, this.clock)),
    ]);
    return { ...overview, destinations };
  }
}
