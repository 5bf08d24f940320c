import { BadRequestException, Controller, Get, Inject, Query, UseGuards } from '@nestjs/common';
import { Describe, DescribeAdminCalls } from '../api-description/describe';
import { FLOW, FLOW_QUERY, FLOW_RANGES, OVERVIEW } from '../api-description/overview-schemas';
import { CLOCK } from '../delivery/clock';
import type { Clock } from '../delivery/clock';
import type { FlowPart } from '../outbox/port/flow';
import { OUTBOX } from '../outbox/port/outbox.port';
import type { OutboxPort } from '../outbox/port/outbox.port';
import { AdminTokenGuard } from './admin-token.guard';
import { OverviewService } from './overview.service';
import type { Overview } from './overview.service';
import { expectFields, readTexts } from './read-query';
import type { Fields } from './read-query';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** As many parts as a plot has room for. */
const TIMES = {
  '1h': { lastMs: HOUR_MS, partMs: MINUTE_MS },
  '6h': { lastMs: 6 * HOUR_MS, partMs: 5 * MINUTE_MS },
  '24h': { lastMs: 24 * HOUR_MS, partMs: 15 * MINUTE_MS },
  '7d': { lastMs: 7 * 24 * HOUR_MS, partMs: 2 * HOUR_MS },
} as const satisfies Record<(typeof FLOW_RANGES)[number], { lastMs: number; partMs: number }>;

/** The relay at a glance: the last hour, what waits, and how each destination is doing. */
@DescribeAdminCalls('Overview')
@Controller('api/overview')
@UseGuards(AdminTokenGuard)
export class OverviewController {
  constructor(
    private readonly overview: OverviewService,
    @Inject(OUTBOX) private readonly outbox: OutboxPort,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @Describe('The last hour, what waits, and how each destination is doing', { answer: OVERVIEW })
  show(): Promise<Overview> {
    return this.overview.read();
  }

  /** The same figures over longer times, and of one destination. */
  @Get('flow')
  @Describe('What happened in a time of up to 7 days, at one destination or at all', {
    query: FLOW_QUERY,
    answer: FLOW,
  })
  async flow(@Query() query: Fields): Promise<{ partSeconds: number; parts: readonly FlowPart[] }> {
    expectFields(query, FLOW_QUERY);
    const { range = '1h' } = query;
    const times = FLOW_RANGES.some((one) => one === range) ? TIMES[range as (typeof FLOW_RANGES)[number]] : undefined;
    if (!times) throw new BadRequestException(`range: expected one of ${FLOW_RANGES.join(', ')}`);
    const parts = await this.outbox.flow({ ...readTexts(query, ['destination']), ...times, now: this.clock.now() });
    return { partSeconds: times.partMs / 1_000, parts };
  }
}
