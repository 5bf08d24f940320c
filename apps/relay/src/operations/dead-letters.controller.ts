import { BadRequestException, Controller, Get, HttpCode, Inject, Post, Req, UseGuards } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Describe, DescribeAdminCalls } from '../api-description/describe';
import { DEAD_LETTER_FIELDS, DEAD_LETTER_FILTER, DEAD_LETTER_GROUPS } from '../api-description/dead-letter-schemas';
import { FLAG, NUMBER, object } from '../api-description/schema';
import { limitOf } from '../http/body-limit';
import { BodyReader } from '../http/body-reader';
import { parseJson } from '../http/parse-json';
import { OUTBOX } from '../outbox/port/outbox.port';
import type { DeadLetterFilter, OutboxPort } from '../outbox/port/outbox.port';
import type { DeadLetterGroup } from '../outbox/port/dead-letters';
import { AdminTokenGuard } from './admin-token.guard';
import { DismissalService } from './dismissal.service';
import { expectFields, given, readFilter, readIds, readObject } from './read-query';
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
    private readonly dismissal: DismissalService,
    @Inject(OUTBOX) private readonly outbox: OutboxPort,
  ) {}

  /** By destination and reason, the largest group first. */
  @Get()
  @Describe('Dead letters by destination and reason', { answer: DEAD_LETTER_GROUPS })
  async group(): Promise<{ groups: readonly DeadLetterGroup[] }> {
    return { groups: await this.outbox.groupDeadLetters() };
  }

  /** How many a replay of the same body would take up. */
  @Post('count')
  @HttpCode(200)
  @Describe('How many a replay of the same body would take up', {
    body: DEAD_LETTER_FILTER,
    answer: object({ count: NUMBER }),
  })
  async count(@Req() { raw }: FastifyRequest): Promise<{ count: number }> {
    return { count: await this.outbox.countDeadLetters(await this.readFilter(raw)) };
  }

  /** Takes dead letters up again: those that a filter names, or all where the body says `{"all": true}`. */
  @Post('replay')
  @HttpCode(200)
  @Describe('Takes dead letters up again', { body: DEAD_LETTER_FILTER, answer: object({ replayed: NUMBER }) })
  async replay(@Req() { raw }: FastifyRequest): Promise<{ replayed: number }> {
    return { replayed: await this.replayService.replay(await this.readFilter(raw)) };
  }

  /** Puts dead letters away: they count no more, and are kept as long as what was delivered. */
  @Post('dismiss')
  @HttpCode(200)
  @Describe('Puts dead letters away: they count no more, and can be replayed as long as they are kept', {
    body: DEAD_LETTER_FILTER,
    answer: object({ dismissed: NUMBER }),
  })
  async dismiss(@Req() { raw }: FastifyRequest): Promise<{ dismissed: number }> {
    return { dismissed: await this.dismissal.dismiss(await this.readFilter(raw)) };
  }

  private async readFilter(raw: FastifyRequest['raw']): Promise<DeadLetterFilter> {
    const body = readObject(
      await this.bodies.with(raw, FILTER_LIMIT, { isKnown: true }, async (bytes) => parseJson(bytes)),
    );
    expectFields(body, { ...DEAD_LETTER_FIELDS, all: FLAG });
    const filter = { ...readFilter(body), ...given({ ids: readIds(body.ids) }) };
    // A filter that was forgotten must not replay everything.
    if ((Object.keys(filter).length === 0) !== (body.all === true)) {
      throw new BadRequestException('all: expected true, or a filter in its place');
    }
    return filter;
  }
}
