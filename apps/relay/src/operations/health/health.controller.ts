import { Controller, Get } from '@nestjs/common';

/** For whoever watches the process. */
@Controller('health')
export class HealthController {
  @Get('live')
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }
}
