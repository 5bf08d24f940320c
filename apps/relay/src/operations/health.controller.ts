import { Controller, Get } from '@nestjs/common';
import { Describe, DescribeOpenCalls } from '../api-description/describe';
import { object, TEXT } from '../api-description/schemas';

/** For whoever watches the process. */
@DescribeOpenCalls('Health')
@Controller('health')
export class HealthController {
  @Get('live')
  @Describe('Answers while the process is up', { answer: object({ status: TEXT }) })
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }
}
