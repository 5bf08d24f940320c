import {
  BadRequestException,
  Body,
  Controller,
  Headers,
  HttpCode,
  Inject,
  NotImplementedException,
  Param,
  Post,
  UnauthorizedException,
} from '@nestjs/common';
import { RELAY_CONFIG } from '../config/relay-config';
import type { RelayConfig } from '../config/relay-config';
import { IntakeService } from './intake.service';
import { parseBody } from './parse-body';
import { findDestination, readWriteKey } from './write-key';

const SUCCESS = { success: true };
// What Segment's batching sends at most.
const MAX_EVENTS = 4_000;

/** Events as Segment itself delivers them, one or an array: already stamped, so they are kept as they come. */
@Controller('webhooks/segment')
export class WebhookController {
  constructor(
    @Inject(RELAY_CONFIG) private readonly config: RelayConfig,
    private readonly intake: IntakeService,
  ) {}

  @Post()
  @HttpCode(200)
  take(@Headers('authorization') authorization: string | undefined, @Body() bytes: unknown): Promise<typeof SUCCESS> {
    return this.takeFor(this.config.destinations, authorization, bytes);
  }

  @Post(':destination')
  @HttpCode(200)
  takeNamed(
    @Param('destination') name: string,
    @Headers('authorization') authorization: string | undefined,
    @Body() bytes: unknown,
  ): Promise<typeof SUCCESS> {
    const named = this.config.destinations.filter((destination) => destination.name === name);
    return this.takeFor(named, authorization, bytes);
  }

  private async takeFor(
    destinations: RelayConfig['destinations'],
    authorization: string | undefined,
    bytes: unknown,
  ): Promise<typeof SUCCESS> {
    const destination = findDestination(destinations, readWriteKey(authorization, undefined));
    if (!destination) throw new UnauthorizedException('authorization: expected the write key of a destination');
    const body = parseBody(bytes);
    if (Array.isArray(body)) {
      if (body.length > MAX_EVENTS) throw new BadRequestException(`body: expected at most ${MAX_EVENTS} events`);
      await this.intake.acceptAll(destination, body);
      return SUCCESS;
    }
    const outcome = await this.intake.acceptOne(destination, body);
    if (outcome?.outcome === 'rejected') throw new BadRequestException(outcome.message);
    // Segment reads 501 as "event type not supported" and shows the message.
    if (outcome?.outcome === 'unsupported') throw new NotImplementedException(outcome.message);
    return SUCCESS;
  }
}
