import { Global, Module } from '@nestjs/common';
import { RelayEvents } from './relay-events';

/** Makes the relay's events available to every module. */
@Global()
@Module({ providers: [RelayEvents], exports: [RelayEvents] })
export class RelayEventsModule {}
