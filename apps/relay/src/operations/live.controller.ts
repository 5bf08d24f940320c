import { Controller, Get, Req, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Describe, DescribeAdminCalls } from '../api-description/describe';
import { LIVE_EVENT } from '../api-description/overview-schemas';
import { Sessions } from '../access/sessions';
import { AdminTokenGuard } from './admin-token.guard';
import { EventStream } from './event-stream';
import { LiveUpdates } from './live-updates';

/** What changes, while it does: for a page that stays open. */
@DescribeAdminCalls('Live updates')
@Controller('api/live')
@UseGuards(AdminTokenGuard)
export class LiveController {
  constructor(
    private readonly updates: LiveUpdates,
    private readonly sessions: Sessions,
  ) {}

  /** A stream ends with the session that opened it. */
  @Get()
  @Describe('What changes, while it does', { stream: LIVE_EVENT })
  async listen(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    // Fastify answers it wherever there is a GET; a stream without a body would only take a place.
    if (request.method === 'HEAD') return void reply.send();
    const session = request.headers.authorization === undefined ? this.sessions.of(request) : undefined;
    const mayGoOn = (): boolean => session === undefined || this.sessions.isOpen(session);
    return this.updates.join(() => new EventStream(reply, mayGoOn));
  }
}
