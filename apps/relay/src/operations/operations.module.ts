import { Module } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { TerminusModule } from '@nestjs/terminus';
import { AccessModule } from '../access/access.module';
import { DeliveryModule } from '../delivery/delivery.module';
import { HttpServerModule } from '../http/http-server.module';
import { AboutController } from './about.controller';
import { LimitWatch } from './alerts/limit-watch';
import { AuditInterceptor } from './audit.interceptor';
import { DeadLettersController } from './dead-letters.controller';
import { DestinationsController } from './destinations.controller';
import { DismissalService } from './dismissal.service';
import { ErasureService } from './erasure.service';
import { EventNamesController } from './event-names.controller';
import { EventsController } from './events.controller';
import { HealthController } from './health/health.controller';
import { ReadinessService } from './health/readiness.service';
import { LanesController } from './lanes.controller';
import { LiveController } from './live.controller';
import { LiveUpdates } from './live-updates';
import { Gauges } from './metrics/gauges';
import { MetricsController } from './metrics/metrics.controller';
import { MoveService } from './move.service';
import { OverviewController } from './overview.controller';
import { OverviewService } from './overview.service';
import { PreviewController } from './preview.controller';
import { ExportController } from './export/export.controller';
import { ReplayController } from './replay.controller';
import { ReplayService } from './replay.service';
import { SettingsController } from './settings.controller';
import { UsageController } from './usage/usage.controller';
import { UsageService } from './usage/usage.service';
import { UsersController } from './users.controller';

@Module({
  imports: [
    AccessModule,
    DeliveryModule,
    HttpServerModule,
    // The storage alarm and the pauses are logged already, once each.
    TerminusModule.forRoot({ logger: false }),
  ],
  controllers: [
    AboutController,
    HealthController,
    MetricsController,
    ReplayController,
    ExportController,
    EventsController,
    EventNamesController,
    LanesController,
    DestinationsController,
    DeadLettersController,
    UsersController,
    UsageController,
    OverviewController,
    PreviewController,
    SettingsController,
    LiveController,
  ],
  providers: [
    ReplayService,
    MoveService,
    DismissalService,
    ErasureService,
    LimitWatch,
    { provide: APP_INTERCEPTOR, useClass: AuditInterceptor },
    ReadinessService,
    Gauges,
    OverviewService,
    UsageService,
    LiveUpdates,
  ],
})
export class OperationsModule {}
