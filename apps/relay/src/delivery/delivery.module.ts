import { HttpModule } from '@nestjs/axios';
import { Module } from '@nestjs/common';
import { CLOCK, systemClock } from './clock';
import { Dispatcher } from './dispatcher';
import { Housekeeping } from './housekeeping';
import { HTTP_OPTIONS } from './http-options';
import { UserLeapClient } from './userleap-client';

@Module({
  imports: [HttpModule.register(HTTP_OPTIONS)],
  providers: [Dispatcher, Housekeeping, UserLeapClient, { provide: CLOCK, useValue: systemClock }],
  exports: [Dispatcher, CLOCK],
})
export class DeliveryModule {}
