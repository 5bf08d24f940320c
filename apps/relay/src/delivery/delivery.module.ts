import { HttpService } from '@nestjs/axios';
import { Logger, Module } from '@nestjs/common';
import { RELAY_CONFIG } from '../config/relay-config';
import type { RelayConfig } from '../config/relay-config';
import { OUTBOX } from '../outbox/port/outbox.port';
import type { OutboxPort } from '../outbox/port/outbox.port';
import { BELIEVED_TIME, BelievedTime } from './believed-time';
import { CLOCK, systemClock } from './clock';
import type { Clock } from './clock';
import { createHttpService } from './create-http-service';
import { DatabaseClock } from './database-clock';
import { Dispatcher } from './dispatcher';
import { Housekeeping } from './housekeeping';
import { KeyChecks } from './key-checks';
import { StallWatch } from './stall-watch';
import { StoreTrial } from './store-trial';
import { UnconfiguredDestinations } from './unconfigured-destinations';
import { UserLeapClient } from './userleap-client';

@Module({
  providers: [
    Dispatcher,
    Housekeeping,
    KeyChecks,
    StallWatch,
    StoreTrial,
    UnconfiguredDestinations,
    UserLeapClient,
    {
      provide: HttpService,
      inject: [RELAY_CONFIG],
      useFactory: ({ httpsProxy }: RelayConfig) => createHttpService(httpsProxy),
    },
    {
      provide: CLOCK,
      inject: [RELAY_CONFIG, OUTBOX],
      useFactory: ({ store }: RelayConfig, outbox: OutboxPort): Clock | Promise<Clock> =>
        store.kind === 'postgres' ? DatabaseClock.start(outbox) : systemClock,
    },
    {
      provide: BELIEVED_TIME,
      inject: [CLOCK, OUTBOX],
      useFactory: (clock: Clock, outbox: OutboxPort) => BelievedTime.start(clock, outbox, new Logger('delivery')),
    },
  ],
  exports: [Dispatcher, KeyChecks, StallWatch, StoreTrial, UnconfiguredDestinations, CLOCK],
})
export class DeliveryModule {}
