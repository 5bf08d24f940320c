import { BadRequestException, Controller, Get, Inject, Query, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Readable } from 'node:stream';
import { Describe, DescribeAdminCalls } from '../../api-description/describe';
import { EXPORT_LIMIT, EXPORT_QUERY } from '../../api-description/event-schemas';
import { TEXT } from '../../api-description/schema';
import { OUTBOX } from '../../outbox/port/outbox.port';
import type { OutboxPort } from '../../outbox/port/outbox.port';
import { AdminTokenGuard } from '../admin-token.guard';
import { expectFields, readEventFilter, readNumber } from '../read-query';
import type { Fields } from '../read-query';
import { writeEvents } from './write-events';
import type { ExportFormat } from './write-events';

const CONTENT_TYPES: Readonly<Record<ExportFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
  jsonl: 'application/x-ndjson; charset=utf-8',
};

/** Lists of events as files. */
@DescribeAdminCalls('Events')
@Controller('api/events/export')
@UseGuards(AdminTokenGuard)
export class ExportController {
  constructor(@Inject(OUTBOX) private readonly outbox: OutboxPort) {}

  /** What the list of the same filter shows; it goes out as it is read. */
  @Get()
  @Describe('The same as a file, CSV or JSON lines, newest first', {
    query: EXPORT_QUERY,
    stream: TEXT,
    contentType: 'text/csv',
  })
  async write(@Query() query: Fields, @Res() reply: FastifyReply): Promise<void> {
    expectFields(query, EXPORT_QUERY);
    const { format = 'csv', limit = EXPORT_LIMIT.default } = query;
    if (format !== 'csv' && format !== 'jsonl') throw new BadRequestException('format: expected one of csv, jsonl');
    const most = readNumber('limit', limit, EXPORT_LIMIT.maximum);
    const parts = writeEvents((filter) => this.outbox.listEvents(filter), readEventFilter(query), format, most);
    await reply
      .header('content-disposition', `attachment; filename="events.${format}"`)
      .type(CONTENT_TYPES[format])
      .send(Readable.from(parts));
  }
}
