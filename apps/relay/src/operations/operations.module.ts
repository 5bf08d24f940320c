import { Module } from '@nestjs/common';
import { DeliveryModule } from '../delivery/delivery.module';
import { HttpServerModule } from '../http/http-server.module';
import { DeadLettersController } from './dead-letters.controller';
import { DestinationsController } from './destinations.controller';
import { EventsController } from './events.controller';
import { HealthController } from './health.controller';
import { ReplayService } from './replay.service';

@Module({
  imports: [DeliveryModule, HttpServerModule],
  controllers: [HealthController, EventsController, DestinationsController, DeadLettersController],
  providers: [ReplayService],
})
export class OperationsModule {}
