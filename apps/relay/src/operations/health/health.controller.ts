import { Controller, Get, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Describe, DescribeOpenCalls } from '../../api-description/describe';
import { listOf, named, object, oneOf, TEXT } from '../../api-description/schema';
import type { Schema } from '../../api-description/schema';
import { ReadinessService } from './readiness.service';
import type { Readiness } from './readiness.service';

const READINESS: Schema<Readiness> = named(
  'Readiness',
  object({ status: oneOf('ok', 'degraded', 'unavailable'), reasons: listOf(TEXT) }),
);

/** For whoever watches the process. */
@DescribeOpenCalls('Health')
@Controller('health')
export class HealthController {
  constructor(private readonly readiness: ReadinessService) {}

  @Get('live')
  @Describe('Answers while the process is up', { answer: object({ status: oneOf('ok') }) })
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** 200 while events can be taken in, 503 while they cannot. */
  @Get('ready')
  @Describe('Whether events can be taken in: 200, else 503', {
    answer: READINESS,
    also: { 503: 'Events cannot be taken in' },
  })
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<Readiness> {
    const readiness = await this.readiness.check();
    void reply.status(readiness.status === 'unavailable' ? 503 : 200);
    return readiness;
  }
}
