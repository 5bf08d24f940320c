import { BadRequestException, Controller, HttpCode, Inject, Post, Req } from '@nestjs/common';
import { routeEvent } from '@segment-userleap/mapping';
import type { EventType } from '@segment-userleap/segment-events';
import { expectedText, isRecord, isText } from '@segment-userleap/validation';
import type { FastifyRequest } from 'fastify';
import { Describe, DescribeIntakeCalls } from '../api-description/describe';
import { BATCH, EVENT, MEASUREMENTS, SUCCESS as ANSWER } from '../api-description/intake-schemas';
import { RELAY_CONFIG } from '../config/relay-config';
import type { Destination, RelayConfig } from '../config/relay-config';
import { CLOCK } from '../delivery/clock';
import type { Clock } from '../delivery/clock';
import { limitOf } from '../http/body-limit';
import type { BodyLimit } from '../http/body-limit';
import { BodyReader } from '../http/body-reader';
import { readJson } from '../http/parse-json';
import { RefusedCalls } from '../http/refused-calls';
import { findByKey, findWithoutCredentials, readBasicUser } from './credentials';
import { IntakeService } from './intake.service';
import { keepIdDigits } from './keep-id-digits';
import { TooLong } from './new-event';
import { readBatch } from './read-batch';
import type { Batch } from './read-batch';
import { stampFor } from './stamp-events';

const SUCCESS = { success: true } as const;
// Segment's documentation of the HTTP Tracking API, limits.
const EVENT_LIMIT = limitOf(32);
const BATCH_LIMIT = limitOf(500);
const WRONG_KEY = 'writeKey: expected a known write key';

type Success = Promise<typeof SUCCESS>;

/** Segment's HTTP Tracking API, short forms of the browser included: what every Segment SDK speaks. */
@DescribeIntakeCalls('Tracking API')
@Controller('v1')
export class TrackingController {
  constructor(
    @Inject(RELAY_CONFIG) private readonly config: RelayConfig,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly bodies: BodyReader,
    private readonly refused: RefusedCalls,
    private readonly intake: IntakeService,
  ) {}

  @Post(['identify', 'i'])
  @HttpCode(200)
  @Describe('Says who a user is', { body: EVENT, answer: ANSWER })
  identify(@Req() request: FastifyRequest): Success {
    return this.takeOne(request, 'identify');
  }

  @Post(['track', 't'])
  @HttpCode(200)
  @Describe('Something a user did', { body: EVENT, answer: ANSWER })
  track(@Req() request: FastifyRequest): Success {
    return this.takeOne(request, 'track');
  }

  @Post(['page', 'p'])
  @HttpCode(200)
  @Describe('A page that a user saw', { body: EVENT, answer: ANSWER })
  page(@Req() request: FastifyRequest): Success {
    return this.takeOne(request, 'page');
  }

  @Post(['screen', 's'])
  @HttpCode(200)
  @Describe('A screen that a user saw', { body: EVENT, answer: ANSWER })
  screen(@Req() request: FastifyRequest): Success {
    return this.takeOne(request, 'screen');
  }

  @Post(['group', 'g'])
  @HttpCode(200)
  @Describe('A group that a user belongs to', { body: EVENT, answer: ANSWER })
  group(@Req() request: FastifyRequest): Success {
    return this.takeOne(request, 'group');
  }

  @Post(['alias', 'a'])
  @HttpCode(200)
  @Describe('Another id of a user', { body: EVENT, answer: ANSWER })
  alias(@Req() request: FastifyRequest): Success {
    return this.takeOne(request, 'alias');
  }

  @Post('delete')
  @HttpCode(200)
  @Describe('Erases a user', { body: EVENT, answer: ANSWER })
  delete(@Req() request: FastifyRequest): Success {
    return this.takeOne(request, 'delete');
  }

  @Post(['batch', 'b', 'import'])
  @HttpCode(200)
  @Describe('Several events', { body: BATCH, answer: ANSWER })
  batch(@Req() request: FastifyRequest): Success {
    return this.take(request, BATCH_LIMIT, async (destination, body) => {
      const { settings } = destination;
      const events = this.completeAll(readBatch(body), (event) => routeEvent(event, settings));
      await this.intake.acceptAll(destination, events, { maxBytes: EVENT_LIMIT.bytes });
    });
  }

  /** The browser SDK's measurements of itself. */
  @Post('m')
  @HttpCode(200)
  @Describe('Measurements of the browser SDK, ignored', { body: MEASUREMENTS, answer: ANSWER })
  ignore(@Req() { raw }: FastifyRequest): Success {
    return this.bodies.pass(raw, EVENT_LIMIT).then(() => SUCCESS);
  }

  private takeOne(request: FastifyRequest, type: EventType): Success {
    return this.take(request, EVENT_LIMIT, async (destination, body) => {
      if (!isRecord(body)) throw new BadRequestException(`body: ${expectedText('an event object', body)}`);
      const event = { ...body, type };
      const stamp = stampFor([event], this.clock.now());
      await this.intake.acceptOne(destination, routeEvent(stamp(event), destination.settings));
    });
  }

  /** One after the other: all at once they may be a hundred times as long as the batch. */
  private *completeAll(batch: Batch, route: (event: unknown) => unknown): Iterable<unknown> {
    const stamp = stampFor(batch.events, this.clock.now(), batch.sentAt);
    for (const event of batch.events) {
      const isTooLong = batch.bytesShared(event) > EVENT_LIMIT.bytes;
      yield isTooLong ? new TooLong(stamp(event)) : route(stamp(batch.share(event)));
    }
  }

  private async take(
    { ip, raw }: FastifyRequest,
    limit: BodyLimit,
    accept: (destination: Destination, body: unknown) => Promise<void>,
  ): Success {
    const { destinations } = this.config;
    const basic = readBasicUser(raw.headers.authorization);
    const known = basic === undefined ? undefined : findByKey(destinations, basic);
    const unguarded = findWithoutCredentials(destinations);
    // Without the right key nothing is read.
    if (basic !== undefined && !known && !unguarded) return this.refused.refuse(ip, WRONG_KEY);
    const isKnown = (known ?? unguarded) !== undefined;
    const take = async (bytes: Buffer): Success => {
      const json = readJson(bytes);
      const written = isRecord(json.value) && isText(json.value.writeKey) ? json.value.writeKey : undefined;
      const destination = known ?? (written === undefined ? undefined : findByKey(destinations, written)) ?? unguarded;
      if (!destination) return this.refused.refuse(ip, WRONG_KEY);
      await accept(destination, keepIdDigits(json, destination.settings));
      return SUCCESS;
    };
    return this.bodies.with(raw, limit, { isKnown }, (bytes) => this.intake.inTurn(bytes, take));
  }
}
