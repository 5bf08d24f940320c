import {
  BadRequestException,
  Controller,
  Get,
  HttpCode,
  Inject,
  NotFoundException,
  Param,
  Post,
  Req,
  ServiceUnavailableException,
  UseGuards,
} from '@nestjs/common';
import type { KeyCheck } from '@segment-userleap/userleap-api';
import type { FastifyRequest } from 'fastify';
import { Describe, DescribeAdminCalls } from '../api-description/describe';
import { DESTINATION_LIST, DESTINATION_RECORD, KEY_CHECK, MOVE_CALL } from '../api-description/destination-schemas';
import { NUMBER, object } from '../api-description/schema';
import { CLOCK } from '../delivery/clock';
import type { Clock } from '../delivery/clock';
import type { DestinationDelivery } from '../delivery/destination-delivery';
import { Dispatcher } from '../delivery/dispatcher';
import { KeyChecks } from '../delivery/key-checks';
import { UnconfiguredDestinations } from '../delivery/unconfigured-destinations';
import { limitOf } from '../http/body-limit';
import { BodyReader } from '../http/body-reader';
import { parseJson } from '../http/parse-json';
import { OUTBOX } from '../outbox/port/outbox.port';
import type { OutboxPort } from '../outbox/port/outbox.port';
import { StorageAlarm } from '../outbox/storage-alarm';
import { AdminTokenGuard } from './admin-token.guard';
import { describeDestination, describeDestinations, describeUnconfigured } from './describe-destination';
import type { DestinationRecord, UnconfiguredRecord } from './describe-destination';
import { MoveService } from './move.service';
import { expectFields, readObject, readText } from './read-query';

const BODY_LIMIT = limitOf(16);

const NOT_KEPT = { 503: 'It could not be kept: try again' };

/** Where events go, and what keeps them from going. */
@DescribeAdminCalls('Destinations')
@Controller('api/destinations')
@UseGuards(AdminTokenGuard)
export class DestinationsController {
  constructor(
    private readonly bodies: BodyReader,
    private readonly dispatcher: Dispatcher,
    private readonly unconfigured: UnconfiguredDestinations,
    private readonly moves: MoveService,
    private readonly keys: KeyChecks,
    @Inject(OUTBOX) private readonly outbox: OutboxPort,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly alarm: StorageAlarm,
  ) {}

  @Get()
  @Describe('How each destination is doing', { answer: DESTINATION_LIST })
  async list(): Promise<{
    destinations: readonly DestinationRecord[];
    unconfigured: readonly UnconfiguredRecord[];
  }> {
    return {
      destinations: await describeDestinations(this.dispatcher.list(), this.outbox, this.clock),
      unconfigured: (await this.unconfigured.list()).map(describeUnconfigured),
    };
  }

  /** Nothing is sent until it is resumed, also over a restart. */
  @Post(':name/pause')
  @HttpCode(200)
  @Describe('Sends nothing until it is resumed, also over a restart', { answer: DESTINATION_RECORD, also: NOT_KEPT })
  async pause(@Param('name') name: string): Promise<DestinationRecord> {
    const delivery = this.find(name);
    await this.keep(delivery.pauses.pauseByHand());
    return this.describe(delivery);
  }

  /** Ends a pause, whoever began it, and sends at once. */
  @Post(':name/resume')
  @HttpCode(200)
  @Describe('Ends a pause, whoever began it, and sends at once', { answer: DESTINATION_RECORD, also: NOT_KEPT })
  async resume(@Param('name') name: string): Promise<DestinationRecord> {
    const delivery = this.find(name);
    await this.keep(delivery.pauses.resume());
    return this.describe(delivery);
  }

  /** Asks UserLeap for a user that nobody is: changes nothing there, and costs one request of the rate limit. */
  @Post(':name/check')
  @HttpCode(200)
  @Describe('Whether UserLeap takes the key; costs one request of the rate limit', {
    answer: KEY_CHECK,
    also: NOT_KEPT,
  })
  check(@Param('name') name: string): Promise<KeyCheck> {
    return this.keep(this.keys.check(this.find(name).destination));
  }

  /** Has what waits for a destination that is not configured wait for one that is, under its settings. */
  @Post(':name/move')
  @HttpCode(200)
  @Describe('Moves what waits for a destination that is not configured to one that is', {
    body: MOVE_CALL,
    answer: object({ moved: NUMBER }),
  })
  async move(@Param('name') name: string, @Req() { raw }: FastifyRequest): Promise<{ moved: number }> {
    const body = readObject(
      await this.bodies.with(raw, BODY_LIMIT, { isKnown: true }, async (bytes) => parseJson(bytes)),
    );
    expectFields(body, MOVE_CALL.properties);
    const target = this.dispatcher.of(readText('to', body.to) ?? '');
    if (!target) throw new BadRequestException('to: expected the name of a destination that is configured');
    await this.expectUnconfigured(name);
    return { moved: await this.moves.move(name, target) };
  }

  /** Makes dead letters of what waits for a destination that is not configured. */
  @Post(':name/end')
  @HttpCode(200)
  @Describe('Makes dead letters of what waits for a destination that is not configured', {
    answer: object({ ended: NUMBER }),
  })
  async end(@Param('name') name: string): Promise<{ ended: number }> {
    await this.expectUnconfigured(name);
    return { ended: await this.moves.end(name) };
  }

  private async expectUnconfigured(name: string): Promise<void> {
    if (this.dispatcher.of(name)) throw new BadRequestException('name: expected a destination that is not configured');
    const isKnown = (await this.unconfigured.listAll()).some((one) => one.name === name);
    if (!isKnown) throw new NotFoundException('name: there is no such destination');
  }

  private keep<T>(change: Promise<T>): Promise<T> {
    return change.catch((error: unknown) => {
      this.alarm.failed(error);
      throw new ServiceUnavailableException('this could not be kept; try again');
    });
  }

  private find(name: string): DestinationDelivery {
    const delivery = this.dispatcher.of(name);
    if (!delivery) throw new NotFoundException('name: there is no such destination');
    return delivery;
  }

  private describe(delivery: DestinationDelivery): Promise<DestinationRecord> {
    return describeDestination(delivery, this.outbox, this.clock);
  }
}
