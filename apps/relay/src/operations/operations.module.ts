import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module';
import { DeliveryModule } from '../delivery/delivery.module';
import { HttpServerModule } from '../http/http-server.module';
import { DeadLettersController } from './dead-letters.controller';
import { DestinationsController } from './destinations.controller';
import { EventsController } from './events.controller';
import { HealthController } from './health.controller';
import { LiveController } from './live.controller';
import { LiveUpdates } from './live-updates';
import { OverviewService } from './overview.service';
import { PreviewController } from './preview.controller';
import { ReplayService } from './replay.service';

@Module({
  imports: [AccessModule, DeliveryModule, HttpServerModule],
  controllers: [
    HealthController,
    EventsController,
    DestinationsController,
    DeadLettersController,
    PreviewController,
    LiveController,
  ],
  providers: [ReplayService, OverviewService, LiveUpdates],
})
export class OperationsModule {}
