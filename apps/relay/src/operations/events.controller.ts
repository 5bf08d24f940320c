import { BadRequestException, Controller, Get, Inject, Query, UseGuards } from '@nestjs/common';
import { OUTBOX } from '../outbox/outbox.port';
import type { EventRecord, OutboxPort } from '../outbox/outbox.port';
import { AdminTokenGuard } from './admin-token.guard';

const MAX_LIMIT = 1_000;

/** What became of every event. */
@Controller('api/events')
@UseGuards(AdminTokenGuard)
export class EventsController {
  constructor(@Inject(OUTBOX) private readonly outbox: OutboxPort) {}

  /** Newest first; each filter narrows the list. */
  @Get()
  async list(@Query() query: Readonly<Record<string, unknown>>): Promise<{ events: readonly EventRecord[] }> {
    const { destination, messageId, userId, limit = '100' } = readTexts(query);
    if (!/^[1-9]\d{0,3}$/.test(limit) || Number(limit) > MAX_LIMIT) {
      throw new BadRequestException(`limit: expected a number from 1 to ${MAX_LIMIT}`);
    }
    const filter = {
      ...(destination === undefined ? {} : { destination }),
      ...(messageId === undefined ? {} : { messageId }),
      ...(userId === undefined ? {} : { userId }),
      limit: Number(limit),
    };
    return { events: await this.outbox.listEvents(filter) };
  }
}

/** Each parameter once: a repeated one is an array, and not what was meant. */
function readTexts(query: Readonly<Record<string, unknown>>): Partial<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(query).map(([name, value]) => {
      if (typeof value !== 'string') throw new BadRequestException(`${name}: expected one value`);
      return [name, value];
    }),
  );
}
