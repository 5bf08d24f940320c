import { Controller, Get, Inject, Query, UseGuards } from '@nestjs/common';
import { Describe, DescribeAdminCalls } from '../api-description/describe';
import { LANE_PAGE, LANE_QUERY } from '../api-description/lane-schemas';
import type { Lane } from '../api-description/lane-schemas';
import { CLOCK } from '../delivery/clock';
import type { Clock } from '../delivery/clock';
import { OUTBOX } from '../outbox/port/outbox.port';
import type { OutboxPort } from '../outbox/port/outbox.port';
import { AdminTokenGuard } from './admin-token.guard';
import { loadPage } from './load-page';
import { expectFields, readTexts } from './read-query';
import type { Fields } from './read-query';

/** What waits, and for what. */
@DescribeAdminCalls('Lanes')
@Controller('api/lanes')
@UseGuards(AdminTokenGuard)
export class LanesController {
  constructor(
    @Inject(OUTBOX) private readonly outbox: OutboxPort,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Longest wait first. */
  @Get()
  @Describe('Users for whom something waits, longest wait first', {
    query: LANE_QUERY,
    answer: LANE_PAGE,
  })
  async list(@Query() query: Fields): Promise<{ lanes: readonly Lane[]; next: string | null }> {
    expectFields(query, LANE_QUERY);
    const filter = { ...readTexts(query, ['destination', 'userId']), now: this.clock.now() };
    const { page, next } = await loadPage(
      query,
      (part) => this.outbox.listLanes({ ...filter, ...part }),
      ({ cursor }) => cursor,
    );
    return { lanes: page.map(({ cursor: _, ...lane }) => lane), next };
  }
}
