import {
  BadRequestException,
  Controller,
  HttpCode,
  Inject,
  NotImplementedException,
  Param,
  Post,
  Req,
} from '@nestjs/common';
import { isRecord } from '@segment-userleap/validation';
import type { FastifyRequest } from 'fastify';
import { Describe, DescribeIntakeCalls } from '../api-description/describe';
import { EVENT_OR_EVENTS, HEADERS, SUCCESS as ANSWER } from '../api-description/intake-schemas';
import { RELAY_CONFIG } from '../config/relay-config';
import type { Destination, RelayConfig } from '../config/relay-config';
import { strictLimitOf } from '../http/body-limit';
import { BodyReader } from '../http/body-reader';
import { readJson } from '../http/parse-json';
import { RefusedCalls } from '../http/refused-calls';
import { authenticateWebhook, hasKnownKey } from './authenticate-webhook';
import { IntakeService } from './intake.service';
import type { IntakeOptions } from './intake.service';
import { isBackfill } from './is-backfill';
import { keepIdDigits } from './keep-id-digits';
import { keyOf, readSegmentSettings, refuseOtherSettings } from './segment-settings';

const SUCCESS = { success: true } as const;
// What Segment's batching sends at most.
const MAX_EVENTS = 4_000;
const BODY_LIMIT = strictLimitOf(5 * 1024);

/** Events as Segment itself delivers them, one or an array: already stamped, so they are kept as they come. */
@DescribeIntakeCalls('Webhooks', { isSigned: true, headers: HEADERS })
@Controller('webhooks/segment')
export class WebhookController {
  constructor(
    @Inject(RELAY_CONFIG) private readonly config: RelayConfig,
    private readonly bodies: BodyReader,
    private readonly refused: RefusedCalls,
    private readonly intake: IntakeService,
  ) {}

  @Post()
  @HttpCode(200)
  @Describe('Events as Segment delivers them', { body: EVENT_OR_EVENTS, answer: ANSWER })
  take(@Req() request: FastifyRequest): Promise<typeof SUCCESS> {
    return this.takeFor(this.config.destinations, request);
  }

  @Post(':destination')
  @HttpCode(200)
  @Describe('The same, for one destination', { body: EVENT_OR_EVENTS, answer: ANSWER })
  takeNamed(@Param('destination') name: string, @Req() request: FastifyRequest): Promise<typeof SUCCESS> {
    const named = this.config.destinations.filter((destination) => destination.name === name);
    return this.takeFor(named, request);
  }

  private takeFor(destinations: readonly Destination[], request: FastifyRequest): Promise<typeof SUCCESS> {
    const { ip, raw } = request;
    const { authorization } = raw.headers;
    const options = { isBackfilled: isBackfill(request) };
    const settings = readSegmentSettings(textOf(raw.headers['x-segment-settings']));
    const proof = { authorization, key: keyOf(settings), signature: textOf(raw.headers['x-signature']) };
    const take = async (bytes: Buffer): Promise<typeof SUCCESS> => {
      const call = { ...proof, bytes };
      const authenticated = authenticateWebhook(destinations, call);
      if ('refusal' in authenticated) return this.refused.refuse(ip, authenticated.refusal);
      const { destination, coversBatch } = authenticated;
      refuseOtherSettings(settings, destination.settings);
      const body = keepIdDigits(readJson(bytes), destination.settings);
      if (!Array.isArray(body)) return this.takeOne(destination, unwrap(body), options);
      if (body.length > 1 && !coversBatch) {
        const message = 'authorization: expected the write key: X-Signature covers only the first event of a batch';
        return this.refused.refuse(ip, message);
      }
      if (body.length > MAX_EVENTS) throw new BadRequestException(`body: expected at most ${MAX_EVENTS} events`);
      await this.intake.acceptAll(destination, body.map(unwrap), options);
      return SUCCESS;
    };
    const isKnown = hasKnownKey(destinations, proof);
    return this.bodies.with(raw, BODY_LIMIT, { isKnown }, (bytes) => this.intake.inTurn(bytes, take));
  }

  private async takeOne(
    destination: Destination,
    event: unknown,
    options: Pick<IntakeOptions, 'isBackfilled'>,
  ): Promise<typeof SUCCESS> {
    const outcome = await this.intake.acceptOne(destination, event, options);
    // Segment reads 501 as "event type not supported" and shows the message.
    if (outcome?.outcome === 'unsupported') {
      throw new NotImplementedException({ code: outcome.reason, message: outcome.message });
    }
    return SUCCESS;
  }
}

/** Segment's Extensible Webhook wraps each event: `{"json": {…}}`. */
function unwrap(item: unknown): unknown {
  return isRecord(item) && isRecord(item.json) && Object.keys(item).length === 1 ? item.json : item;
}

function textOf(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header.join(', ') : header;
}
