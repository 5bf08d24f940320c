import { Controller, Get, Inject, Query, UseGuards } from '@nestjs/common';
import { Describe, DescribeAdminCalls } from '../api-description/describe';
import { EVENT_QUERY, EVENT_RECORD } from '../api-description/operations-schemas';
import { listOf, object } from '../api-description/schemas';
import type { EventRecord } from '../outbox/event-record';
import { OUTBOX } from '../outbox/outbox.port';
import type { OutboxPort } from '../outbox/outbox.port';
import { AdminTokenGuard } from './admin-token.guard';
import { readFilter, readNumber, readState } from './read-query';

const MAX_LIMIT = 1_000;

/** What became of every event. */
@DescribeAdminCalls('Events')
@Controller('api/events')
@UseGuards(AdminTokenGuard)
export class EventsController {
  constructor(@Inject(OUTBOX) private readonly outbox: OutboxPort) {}

  /** Newest first; each filter narrows the list. */
  @Get()
  @Describe('What became of every event, newest first', {
    query: EVENT_QUERY,
    answer: object({ events: listOf(EVENT_RECORD) }),
  })
  async list(@Query() query: Readonly<Record<string, unknown>>): Promise<{ events: readonly EventRecord[] }> {
    const state = readState(query.state);
    const filter = {
      ...readFilter(query, ['state', 'limit']),
      ...(state === undefined ? {} : { state }),
      limit: readNumber('limit', query.limit ?? 100, MAX_LIMIT),
    };
    return { events: await this.outbox.listEvents(filter) };
  }
}
