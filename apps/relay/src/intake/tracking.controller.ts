import {
  BadRequestException,
  Body,
  Controller,
  Headers,
  HttpCode,
  Inject,
  Param,
  Post,
  UnauthorizedException,
} from '@nestjs/common';
import { isEventType } from '@segment-userleap/segment-events';
import { expectedText, isRecord } from '@segment-userleap/validation';
import { RELAY_CONFIG } from '../config/relay-config';
import type { RelayConfig } from '../config/relay-config';
import { NotFoundException } from '@nestjs/common';
import { IntakeService } from './intake.service';
import { parseBody } from './parse-body';
import { findDestination, readWriteKey } from './write-key';

const SUCCESS = { success: true };
const MAX_BATCH = 2_500;

/** Segment's HTTP Tracking API: what every Segment SDK speaks. */
@Controller('v1')
export class TrackingController {
  constructor(
    @Inject(RELAY_CONFIG) private readonly config: RelayConfig,
    private readonly intake: IntakeService,
  ) {}

  @Post(':call')
  @HttpCode(200)
  async take(
    @Param('call') call: string,
    @Headers('authorization') authorization: string | undefined,
    @Body() bytes: unknown,
  ): Promise<typeof SUCCESS> {
    const isBatch = call === 'batch' || call === 'import';
    if (!isBatch && !isEventType(call)) throw new NotFoundException(`there is no call of this name`);
    const body = parseBody(bytes);
    const destination = findDestination(this.config.destinations, readWriteKey(authorization, body));
    if (!destination) throw new UnauthorizedException('writeKey: expected a known write key');
    if (isBatch) {
      await this.intake.acceptAll(destination, readBatch(body).map(stamp));
      return SUCCESS;
    }
    if (!isRecord(body)) throw new BadRequestException(`body: ${expectedText('an event object', body)}`);
    const outcome = await this.intake.acceptOne(destination, stamp({ ...body, type: call }));
    if (outcome?.outcome === 'rejected') throw new BadRequestException(outcome.message);
    return SUCCESS;
  }
}

function readBatch(body: unknown): readonly unknown[] {
  const batch = isRecord(body) ? body.batch : undefined;
  if (!Array.isArray(batch)) throw new BadRequestException(`batch: ${expectedText('a list of events', batch)}`);
  if (batch.length > MAX_BATCH) throw new BadRequestException(`batch: expected at most ${MAX_BATCH} events`);
  return batch;
}

/** The event with the time of its arrival, which only the server knows, in place of what a client may claim. */
function stamp(event: unknown): unknown {
  if (!isRecord(event)) return event;
  const { writeKey: _, ...rest } = event;
  return { ...rest, receivedAt: new Date().toISOString() };
}
