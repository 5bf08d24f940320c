import { BadRequestException, Controller, Header, HttpCode, Inject, Post, Query, Req } from '@nestjs/common';
import { routeEvent } from '@segment-userleap/mapping';
import type { EventType } from '@segment-userleap/segment-events';
import { expectedText, isRecord, isText } from '@segment-userleap/validation';
import type { FastifyRequest } from 'fastify';
import { Describe, DescribeIntakeCalls } from '../api-description/describe';
import { BATCH, EVENT, HEADERS, MEASUREMENTS, SUCCESS as ANSWER } from '../api-description/intake-schemas';
import { TEXT } from '../api-description/schema';
import { RELAY_CONFIG } from '../config/relay-config';
import type { Destination, RelayConfig } from '../config/relay-config';
import { CLOCK } from '../delivery/clock';
import type { Clock } from '../delivery/clock';
import { limitOf } from '../http/body-limit';
import type { BodyLimit } from '../http/body-limit';
import { BodyReader } from '../http/body-reader';
import { readJson } from '../http/parse-json';
import { RefusedCalls } from '../http/refused-calls';
import { findByKey, findDestination, readBasicUser, readWrittenKey, WRONG_KEY } from './credentials';
import { IntakeService } from './intake.service';
import { isBackfill } from './is-backfill';
import { keepIdDigits } from './keep-id-digits';
import { Completed, TooLong } from './new-event';
import { readBatch } from './read-batch';
import type { Batch } from './read-batch';
import { stampFor } from './stamp-events';

const SUCCESS = { success: true } as const;
// Segment documents 32 KB and 500 KB. RudderStack's clients send twice as much in an event, and eight times in a batch.
const EVENT_LIMIT = limitOf(64);
const BATCH_LIMIT = limitOf(4 * 1024);

type Success = Promise<typeof SUCCESS>;

/** Segment's HTTP Tracking API, short forms of the browser included: what every Segment SDK speaks. */
@DescribeIntakeCalls('Tracking API', { headers: HEADERS })
@Controller()
export class TrackingController {
  constructor(
    @Inject(RELAY_CONFIG) private readonly config: RelayConfig,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly bodies: BodyReader,
    private readonly refused: RefusedCalls,
    private readonly intake: IntakeService,
  ) {}

  @Post(['v1/identify', 'v1/i'])
  @HttpCode(200)
  @Describe('Says who a user is', { body: EVENT, answer: ANSWER })
  identify(@Req() request: FastifyRequest): Success {
    return this.takeOne(request, 'identify');
  }

  @Post(['v1/track', 'v1/t'])
  @HttpCode(200)
  @Describe('Something a user did', { body: EVENT, answer: ANSWER })
  track(@Req() request: FastifyRequest): Success {
    return this.takeOne(request, 'track');
  }

  @Post(['v1/page', 'v1/p'])
  @HttpCode(200)
  @Describe('A page that a user saw', { body: EVENT, answer: ANSWER })
  page(@Req() request: FastifyRequest): Success {
    return this.takeOne(request, 'page');
  }

  @Post(['v1/screen', 'v1/s'])
  @HttpCode(200)
  @Describe('A screen that a user saw', { body: EVENT, answer: ANSWER })
  screen(@Req() request: FastifyRequest): Success {
    return this.takeOne(request, 'screen');
  }

  @Post(['v1/group', 'v1/g'])
  @HttpCode(200)
  @Describe('A group that a user belongs to', { body: EVENT, answer: ANSWER })
  group(@Req() request: FastifyRequest): Success {
    return this.takeOne(request, 'group');
  }

  @Post(['v1/alias', 'v1/a'])
  @HttpCode(200)
  @Describe('Another id of a user', { body: EVENT, answer: ANSWER })
  alias(@Req() request: FastifyRequest): Success {
    return this.takeOne(request, 'alias');
  }

  @Post('v1/delete')
  @HttpCode(200)
  @Describe('Erases a user', { body: EVENT, answer: ANSWER })
  delete(@Req() request: FastifyRequest): Success {
    return this.takeOne(request, 'delete');
  }

  @Post(['v1/batch', 'v1/b', 'v1/import'])
  @HttpCode(200)
  @Describe('Several events', { body: BATCH, answer: ANSWER })
  batch(@Req() request: FastifyRequest): Success {
    return this.takeBatch(request, readBasicUser(request.raw.headers.authorization));
  }

  /** How RudderStack's browser SDK sends what is left when its page closes: a beacon has no headers, so the key is in the address. */
  @Post('beacon/v1/batch')
  @HttpCode(200)
  // Browsers tell of an error where a page may not read what its beacon is answered.
  @Header('cross-origin-resource-policy', 'cross-origin')
  @Describe('Several events of a page that closes', {
    query: { writeKey: { ...TEXT, description: 'a write key' } },
    body: BATCH,
    answer: ANSWER,
  })
  beacon(@Req() request: FastifyRequest, @Query('writeKey') key: unknown): Success {
    return this.takeBatch(request, isText(key) ? key : undefined);
  }

  /** The browser SDK's measurements of itself. */
  @Post('v1/m')
  @HttpCode(200)
  @Describe('Measurements of the browser SDK, ignored', { body: MEASUREMENTS, answer: ANSWER })
  ignore(@Req() { raw }: FastifyRequest): Success {
    return this.bodies.pass(raw, EVENT_LIMIT).then(() => SUCCESS);
  }

  private takeOne(request: FastifyRequest, type: EventType): Success {
    const key = readBasicUser(request.raw.headers.authorization);
    return this.take(request, { limit: EVENT_LIMIT, key }, async (destination, body) => {
      if (!isRecord(body)) throw new BadRequestException(`body: ${expectedText('an event object', body)}`);
      const event = { ...body, type };
      const stamp = stampFor([event], this.clock.now());
      await this.intake.acceptOne(destination, routeEvent(stamp(event), destination.settings), {
        isBackfilled: isBackfill(request),
      });
    });
  }

  private takeBatch(request: FastifyRequest, key: string | undefined): Success {
    return this.take(request, { limit: BATCH_LIMIT, key }, async (destination, body) => {
      const { settings } = destination;
      const events = this.completeAll(readBatch(body, EVENT_LIMIT.bytes), (event) => routeEvent(event, settings));
      await this.intake.acceptAll(destination, events, {
        maxBytes: EVENT_LIMIT.bytes,
        isBackfilled: isBackfill(request),
      });
    });
  }

  /** One after the other: all at once they may be a hundred times as long as the batch. */
  private *completeAll(batch: Batch, route: (event: unknown) => unknown): Iterable<unknown> {
    const stamp = stampFor(batch.events, this.clock.now(), batch.sentAt);
    for (const event of batch.events) {
      const isTooLong = batch.bytesShared(event) > EVENT_LIMIT.bytes;
      yield isTooLong ? new TooLong(stamp(event)) : new Completed(route(stamp(batch.share(event))), event);
    }
  }

  /** `key`: what the call shows before its body. */
  private async take(
    { ip, raw }: FastifyRequest,
    { limit, key }: { limit: BodyLimit; key: string | undefined },
    accept: (destination: Destination, body: unknown) => Promise<void>,
  ): Success {
    const { destinations } = this.config;
    const isKnown = findDestination(destinations, key) !== undefined;
    // Without the right key nothing is read.
    if (key !== undefined && !isKnown) return this.refused.refuse(ip, WRONG_KEY);
    const take = async (bytes: Buffer): Success => {
      const json = readJson(bytes);
      const destination = findByKey(destinations, key) ?? findDestination(destinations, readWrittenKey(json.value));
      if (!destination) return this.refused.refuse(ip, WRONG_KEY);
      await accept(destination, keepIdDigits(json, destination.settings));
      return SUCCESS;
    };
    return this.bodies.with(raw, limit, { isKnown }, (bytes) => this.intake.inTurn(bytes, take));
  }
}
