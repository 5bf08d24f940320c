import {
  Controller,
  Get,
  HttpCode,
  Inject,
  NotFoundException,
  Param,
  Post,
  ServiceUnavailableException,
  UseGuards,
} from '@nestjs/common';
import { Describe, DescribeAdminCalls } from '../api-description/describe';
import { DESTINATION_LIST, DESTINATION_RECORD } from '../api-description/destination-schemas';
import { CLOCK } from '../delivery/clock';
import type { Clock } from '../delivery/clock';
import type { DestinationDelivery } from '../delivery/destination-delivery';
import { Dispatcher } from '../delivery/dispatcher';
import { OUTBOX } from '../outbox/port/outbox.port';
import type { OutboxPort } from '../outbox/port/outbox.port';
import { StorageAlarm } from '../outbox/storage-alarm';
import { AdminTokenGuard } from './admin-token.guard';
import { describeDestination } from './describe-destination';
import type { DestinationRecord } from './describe-destination';

const NOT_KEPT = { 503: 'It could not be kept: try again' };

/** Where events go, and what keeps them from going. */
@DescribeAdminCalls('Destinations')
@Controller('api/destinations')
@UseGuards(AdminTokenGuard)
export class DestinationsController {
  constructor(
    private readonly dispatcher: Dispatcher,
    @Inject(OUTBOX) private readonly outbox: OutboxPort,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly alarm: StorageAlarm,
  ) {}

  @Get()
  @Describe('How each destination is doing', { answer: DESTINATION_LIST })
  async list(): Promise<{ destinations: readonly DestinationRecord[] }> {
    const deliveries = this.dispatcher.list();
    return { destinations: await Promise.all(deliveries.map((delivery) => this.describe(delivery))) };
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

  private async keep(change: Promise<void>): Promise<void> {
    await change.catch((error: unknown) => {
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
