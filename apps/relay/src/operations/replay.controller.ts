import { BadRequestException, Controller, HttpCode, Inject, Post, Req, UseGuards } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Describe, DescribeAdminCalls } from '../api-description/describe';
import { REPLAY_CALL } from '../api-description/event-schemas';
import { about, FLAG, NUMBER, object } from '../api-description/schema';
import { limitOf } from '../http/body-limit';
import { BodyReader } from '../http/body-reader';
import { parseJson } from '../http/parse-json';
import { OUTBOX } from '../outbox/port/outbox.port';
import type { DeadLetterFilter, OutboxPort } from '../outbox/port/outbox.port';
import { AdminTokenGuard } from './admin-token.guard';
import { expectFields, given, readEnded, readFilter, readIds, readObject, readTime } from './read-query';
import { ReplayService } from './replay.service';

const BODY_LIMIT = limitOf(16);
// More have to be read for it than anybody waits for.
const MOST_COUNTED = 10_000;

/** Sends events again that have ended, delivered ones included. */
@DescribeAdminCalls('Events')
@Controller('api/events')
@UseGuards(AdminTokenGuard)
export class ReplayController {
  constructor(
    private readonly bodies: BodyReader,
    private readonly replayService: ReplayService,
    @Inject(OUTBOX) private readonly outbox: OutboxPort,
  ) {}

  @Post('count')
  @HttpCode(200)
  @Describe('How many events a replay of the same body would send again', {
    body: REPLAY_CALL,
    answer: object({ count: NUMBER, isMore: about('There are more than `count`', FLAG) }),
  })
  async count(@Req() { raw }: FastifyRequest): Promise<{ count: number; isMore: boolean }> {
    const count = await this.outbox.countDeadLetters(await this.readCall(raw), MOST_COUNTED + 1);
    return { count, isMore: count === MOST_COUNTED + 1 };
  }

  /** Under the settings of today. What UserLeap was told since of the same user stays as it is. */
  @Post('replay')
  @HttpCode(200)
  @Describe('Sends events again that have ended: UserLeap counts delivered ones twice', {
    body: REPLAY_CALL,
    answer: object({ replayed: NUMBER }),
  })
  async replay(@Req() { raw }: FastifyRequest): Promise<{ replayed: number }> {
    return { replayed: await this.replayService.replay(await this.readCall(raw)) };
  }

  private async readCall(raw: FastifyRequest['raw']): Promise<DeadLetterFilter> {
    const body = readObject(
      await this.bodies.with(raw, BODY_LIMIT, { isKnown: true }, async (bytes) => parseJson(bytes)),
    );
    expectFields(body, REPLAY_CALL.properties);
    const state = readEnded(body.state);
    const rest = { ids: readIds(body.ids), from: readTime('from', body.from), to: readTime('to', body.to) };
    const filter = { ...readFilter(body), ...given(rest) };
    if (state === 'any' && Object.keys(filter).length === 0) {
      throw new BadRequestException('state: expected one state, or a filter beside any');
    }
    return { ...filter, state };
  }
}
