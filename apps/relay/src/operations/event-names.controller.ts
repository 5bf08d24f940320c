import { BadRequestException, Controller, Get, HttpCode, Inject, Post, Query, Req, UseGuards } from '@nestjs/common';
import type { Settings } from '@segment-userleap/mapping';
import { expectedText, isText } from '@segment-userleap/validation';
import type { FastifyRequest } from 'fastify';
import { Describe, DescribeAdminCalls } from '../api-description/describe';
import { EVENT_NAMES, MARK_CALL, NAME_LIMIT, NAME_QUERY } from '../api-description/event-name-schemas';
import type { NamesAnswer, NameSettings } from '../api-description/event-name-schemas';
import { NUMBER, object } from '../api-description/schema';
import { RELAY_CONFIG } from '../config/relay-config';
import type { Destination, RelayConfig } from '../config/relay-config';
import { CLOCK } from '../delivery/clock';
import type { Clock } from '../delivery/clock';
import { limitOf } from '../http/body-limit';
import { BodyReader } from '../http/body-reader';
import { parseJson } from '../http/parse-json';
import { OUTBOX } from '../outbox/port/outbox.port';
import type { OutboxPort } from '../outbox/port/outbox.port';
import { AdminTokenGuard } from './admin-token.guard';
import { expectFields, readNumber, readObject, readText } from './read-query';
import type { Fields } from './read-query';

// As many names as may be, each as long as it may be.
const BODY_LIMIT = limitOf(8 * 1024);

/** Names of events, as a list to work through: UserLeap uses a name only once somebody has set it up there. */
@DescribeAdminCalls('Event names')
@Controller('api/event-names')
@UseGuards(AdminTokenGuard)
export class EventNamesController {
  constructor(
    private readonly bodies: BodyReader,
    @Inject(RELAY_CONFIG) private readonly config: RelayConfig,
    @Inject(OUTBOX) private readonly outbox: OutboxPort,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @Describe('Names that were sent to UserLeap, and names that settings leave out', {
    query: NAME_QUERY,
    answer: EVENT_NAMES,
  })
  async list(@Query() query: Fields): Promise<NamesAnswer> {
    expectFields(query, NAME_QUERY);
    const { name: destination, budget, settings } = this.find(query.destination);
    const limit = readNumber('limit', query.limit ?? NAME_LIMIT.default, NAME_LIMIT.maximum);
    const call = { destination, environment: budget.id, now: this.clock.now(), limit };
    return { destination, settings: nameSettingsOf(settings), ...(await this.outbox.listNames(call)) };
  }

  /** The mark holds for all destinations with the same key. */
  @Post('mark')
  @HttpCode(200)
  @Describe('Marks names as set up in UserLeap, or takes that back', {
    body: MARK_CALL,
    answer: object({ marked: NUMBER }),
  })
  async mark(@Req() { raw }: FastifyRequest): Promise<{ marked: number }> {
    const body = readObject(
      await this.bodies.with(raw, BODY_LIMIT, { isKnown: true }, async (bytes) => parseJson(bytes)),
    );
    expectFields(body, MARK_CALL.properties);
    const { budget } = this.find(body.destination);
    const names = readNames(body.names);
    if (typeof body.setUp !== 'boolean') {
      throw new BadRequestException(`setUp: ${expectedText('true or false', body.setUp)}`);
    }
    const setUpAt = body.setUp ? this.clock.now() : null;
    return { marked: await this.outbox.markNames({ environment: budget.id, names, setUpAt }) };
  }

  private find(asked: unknown): Destination {
    const name = readText('destination', asked);
    const { destinations } = this.config;
    const [only, ...others] = destinations;
    if (name === undefined && only && others.length === 0) return only;
    const found = destinations.find((one) => one.name === name);
    if (found) return found;
    throw new BadRequestException(`destination: expected one of ${destinations.map((one) => one.name).join(', ')}`);
  }
}

function nameSettingsOf(settings: Settings): NameSettings {
  const { allowEvents, denyEvents, eventNames, pageEventName, pageUrlEvents } = settings;
  return {
    allowEvents: [...allowEvents],
    denyEvents: [...denyEvents],
    eventNames: [...eventNames].map(([sent, becomes]) => ({ sent, becomes })),
    pageEvents: [pageEventName, ...pageUrlEvents.rules.keys()],
  };
}

function readNames(value: unknown): readonly string[] {
  if (Array.isArray(value) && value.length > 0 && value.length <= NAME_LIMIT.maximum && value.every(isText))
    return value;
  throw new BadRequestException(`names: expected a list of 1 to ${NAME_LIMIT.maximum} names`);
}
