import { BadRequestException, Controller, HttpCode, Post, Req, UseGuards } from '@nestjs/common';
import { expectedText, isRecord } from '@segment-userleap/validation';
import type { FastifyRequest } from 'fastify';
import { Describe, DescribeAdminCalls } from '../api-description/describe';
import { REPLAY } from '../api-description/operations-schemas';
import { NUMBER, object } from '../api-description/schemas';
import { limitOf } from '../http/body-limit';
import { BodyReader } from '../http/body-reader';
import { parseJson } from '../http/parse-json';
import { AdminTokenGuard } from './admin-token.guard';
import { readFilter } from './read-query';
import { ReplayService } from './replay.service';

const FILTER_LIMIT = limitOf(16);

/** What could not be delivered. */
@DescribeAdminCalls('Dead letters')
@Controller('api/dead-letters')
@UseGuards(AdminTokenGuard)
export class DeadLettersController {
  constructor(
    private readonly bodies: BodyReader,
    private readonly replayService: ReplayService,
  ) {}

  /** Takes dead letters up again: those that a filter names, or all where the body says `{"all": true}`. */
  @Post('replay')
  @HttpCode(200)
  @Describe('Takes dead letters up again', { body: REPLAY, answer: object({ replayed: NUMBER }) })
  async replay(@Req() { raw }: FastifyRequest): Promise<{ replayed: number }> {
    const body = await this.bodies.with(raw, FILTER_LIMIT, async (bytes) => parseJson(bytes));
    if (!isRecord(body)) throw new BadRequestException(`body: ${expectedText('an object', body)}`);
    const filter = readFilter(body, ['all']);
    // A filter that was forgotten must not replay everything.
    if ((Object.keys(filter).length === 0) !== (body.all === true)) {
      throw new BadRequestException('all: expected true, or a filter in its place');
    }
    return { replayed: await this.replayService.replay(filter) };
  }
}
