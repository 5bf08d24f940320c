import { BadRequestException, Body, Controller, HttpCode, Post, UseGuards } from '@nestjs/common';
import { expectedText, isRecord } from '@segment-userleap/validation';
import { parseBody } from '../intake/parse-body';
import { AdminTokenGuard } from './admin-token.guard';
import { readFilter } from './read-query';
import { ReplayService } from './replay.service';

/** What could not be delivered. */
@Controller('api/dead-letters')
@UseGuards(AdminTokenGuard)
export class DeadLettersController {
  constructor(private readonly replayService: ReplayService) {}

  /** Takes dead letters up again: those that a filter names, or all where the body says `{"all": true}`. */
  @Post('replay')
  @HttpCode(200)
  async replay(@Body() bytes: unknown): Promise<{ replayed: number }> {
    const body = parseBody(bytes);
    if (!isRecord(body)) throw new BadRequestException(`body: ${expectedText('an object', body)}`);
    const filter = readFilter(body, ['all']);
    // A filter that was forgotten must not replay everything.
    if ((Object.keys(filter).length === 0) !== (body.all === true)) {
      throw new BadRequestException('all: expected true, or a filter in its place');
    }
    return { replayed: await this.replayService.replay(filter) };
  }
}
