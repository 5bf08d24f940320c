import { Module } from '@nestjs/common';
import { DeliveryModule } from '../delivery/delivery.module';
import { HttpServerModule } from '../http/http-server.module';
import { DeadLettersController } from './dead-letters.controller';
import { DestinationsController } from './destinations.controller';
import { ErasureService } from './erasure.service';
import { EventsController } from './events.controller';
import { HealthController } from './health.controller';
import { LanesController } from './lanes.controller';
import { OverviewController } from './overview.controller';
import { OverviewService } from './overview.service';
import { ReplayService } from './replay.service';
import { UsersController } from './users.controller';

@Module({
  imports: [DeliveryModule, HttpServerModule],
  controllers: [
    HealthController,
    EventsController,
    LanesController,
    DestinationsController,
    DeadLettersController,
    UsersController,
    OverviewController,
  ],
  providers: [ReplayService, ErasureService, OverviewService],
})
export class OperationsModule {}
