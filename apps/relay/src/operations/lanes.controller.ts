import { Controller, Get, Inject, Query, UseGuards } from '@nestjs/common';
import { Describe, DescribeAdminCalls } from '../api-description/describe';
import { LANE_PAGE, LANE_QUERY } from '../api-description/lane-schemas';
import { CLOCK } from '../delivery/clock';
import type { Clock } from '../delivery/clock';
import { OUTBOX } from '../outbox/port/outbox.port';
import type { LaneRecord, OutboxPort } from '../outbox/port/outbox.port';
import { AdminTokenGuard } from './admin-token.guard';
import { cutPage } from './cut-page';
import { expectFields, readLimit, readCursor, readText } from './read-query';
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
  async list(@Query() query: Fields): Promise<{ lanes: readonly Omit<LaneRecord, 'cursor'>[]; next: string | null }> {
    expectFields(query, LANE_QUERY);
    const limit = readLimit(query.limit);
    const destination = readText('destination', query.destination);
    const userId = readText('userId', query.userId);
    const before = readCursor(query.before);
    const lanes = await this.outbox.listLanes({
      ...(destination === undefined ? {} : { destination }),
      ...(userId === undefined ? {} : { userId }),
      ...(before === undefined ? {} : { before }),
      now: this.clock.now(),
      limit: limit + 1,
    });
    const { page, next } = cutPage(lanes, limit, ({ cursor }) => cursor);
    return { lanes: page.map(({ cursor: _, ...lane }) => lane), next };
  }
}
