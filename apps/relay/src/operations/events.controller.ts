import { Controller, Get, Inject, Query, UseGuards } from '@nestjs/common';
import type { EventRecord } from '../outbox/event-record';
import { OUTBOX } from '../outbox/outbox.port';
import type { OutboxPort } from '../outbox/outbox.port';
import { AdminTokenGuard } from './admin-token.guard';
import { readFilter, readNumber, readState } from './read-query';

const MAX_LIMIT = 1_000;

/** What became of every event. */
@Controller('api/events')
@UseGuards(AdminTokenGuard)
export class EventsController {
  constructor(@Inject(OUTBOX) private readonly outbox: OutboxPort) {}

  /** Newest first; each filter narrows the list. */
  @Get()
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
