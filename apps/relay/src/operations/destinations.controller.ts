import { Controller, Get, Inject, UseGuards } from '@nestjs/common';
import { Describe, DescribeAdminCalls } from '../api-description/describe';
import { DESTINATION_RECORD } from '../api-description/operations-schemas';
import { listOf, object } from '../api-description/schemas';
import { CLOCK } from '../delivery/clock';
import type { Clock } from '../delivery/clock';
import type { DestinationDelivery } from '../delivery/destination-delivery';
import { Dispatcher } from '../delivery/dispatcher';
import { OUTBOX } from '../outbox/outbox.port';
import type { OutboxPort } from '../outbox/outbox.port';
import { AdminTokenGuard } from './admin-token.guard';

/** How a destination is doing. Times are ISO-8601. */
interface DestinationRecord {
  readonly name: string;
  readonly state: 'delivering' | 'paused';
  /** Why it is paused. */
  readonly reason: string | null;
  readonly pausedAt: string | null;
  readonly nextProbeAt: string | null;
  readonly pending: number;
  readonly budget: {
    readonly requests: number;
    readonly windowSeconds: number;
    readonly used: number;
    /** UserLeap said not to call before then. */
    readonly blockedUntil: string | null;
  };
}

/** Where events go, and what keeps them from going. */
@DescribeAdminCalls('Destinations')
@Controller('api/destinations')
@UseGuards(AdminTokenGuard)
export class DestinationsController {
  constructor(
    private readonly dispatcher: Dispatcher,
    @Inject(OUTBOX) private readonly outbox: OutboxPort,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @Describe('How each destination is doing', { answer: object({ destinations: listOf(DESTINATION_RECORD) }) })
  async list(): Promise<{ destinations: readonly DestinationRecord[] }> {
    const deliveries = this.dispatcher.list();
    return { destinations: await Promise.all(deliveries.map((delivery) => this.describe(delivery))) };
  }

  private async describe({ destination, pause }: DestinationDelivery): Promise<DestinationRecord> {
    const { name, budget } = destination;
    const now = this.clock.now();
    const { used, blockedUntil } = await this.outbox.budgetUse(budget, now);
    return {
      name,
      state: pause ? 'paused' : 'delivering',
      reason: pause?.reason ?? null,
      pausedAt: pause ? toIso(pause.pausedAt) : null,
      nextProbeAt: pause ? toIso(pause.probeAt) : null,
      pending: await this.outbox.countPending(name),
      budget: {
        requests: budget.requests,
        windowSeconds: budget.windowMs / 1000,
        used,
        blockedUntil: blockedUntil > now ? toIso(blockedUntil) : null,
      },
    };
  }
}

function toIso(time: number): string {
  return new Date(time).toISOString();
}
