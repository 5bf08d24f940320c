import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { ConfigModule } from './config/config.module';
import type { RelayConfig } from './config/relay-config';
import { IntakeModule } from './intake/intake.module';
import { LoggingModule } from './operations/logging.module';
import { ObserversModule } from './operations/observers.module';
import { OperationsModule } from './operations/operations.module';
import { OutboxModule } from './outbox/outbox.module';
import type { OpenStore } from './outbox/open-outbox';

/** The whole relay. */
@Module({})
export class RelayModule {
  static of(config: RelayConfig, store: OpenStore): DynamicModule {
    return {
      module: RelayModule,
      imports: [
        ConfigModule.of(config),
        LoggingModule.of(config),
        OutboxModule.of(store),
        ObserversModule,
        IntakeModule,
        OperationsModule,
      ],
    };
  }
}
