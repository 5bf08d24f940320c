import { Module } from '@nestjs/common';
import { EventsController } from './events.controller';
import { HealthController } from './health.controller';

@Module({ controllers: [HealthController, EventsController] })
export class OperationsModule {}
