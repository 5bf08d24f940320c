import { Inject, Injectable } from '@nestjs/common';
import { CLOCK } from '../delivery/clock';
import type { Clock } from '../delivery/clock';
import { Dispatcher } from '../delivery/dispatcher';
import { OUTBOX } from '../outbox/port/outbox.port';
import type { OutboxPort } from '../outbox/port/outbox.port';
import type { OutboxOverview } from '../outbox/port/overview';
import { UnconfiguredDestinations } from '../delivery/unconfigured-destinations';
import { describeDestinations, describeUnconfigured } from './describe-destination';
import type { DestinationRecord, UnconfiguredRecord } from './describe-destination';

export type Overview = OutboxOverview & {
  readonly destinations: readonly DestinationRecord[];
  readonly unconfigured: readonly UnconfiguredRecord[];
};

/** The relay at a glance. Costs the same however much is stored. */
@Injectable()
export class OverviewService {
  constructor(
    @Inject(OUTBOX) private readonly outbox: OutboxPort,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly dispatcher: Dispatcher,
    private readonly unconfigured: UnconfiguredDestinations,
  ) {}

  async read(): Promise<Overview> {
    const now = this.clock.now();
    const [overview, others, destinations] = await Promise.all([
      this.outbox.overview(now),
      this.unconfigured.list(),
      describeDestinations(this.dispatcher.list(), this.outbox, this.clock),
    ]);
    return { ...overview, destinations, unconfigured: others.map(describeUnconfigured) };
  }
}
