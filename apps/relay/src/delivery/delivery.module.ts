import { HttpModule } from '@nestjs/axios';
import { Module } from '@nestjs/common';
import { Dispatcher } from './dispatcher';
import { HTTP_OPTIONS } from './http-options';
import { LaneDelivery } from './lane-delivery';
import { UserLeapClient } from './userleap-client';

@Module({
  imports: [HttpModule.register(HTTP_OPTIONS)],
  providers: [Dispatcher, LaneDelivery, UserLeapClient],
  exports: [Dispatcher],
})
export class DeliveryModule {}
