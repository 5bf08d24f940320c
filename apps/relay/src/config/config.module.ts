import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { RELAY_CONFIG } from './relay-config';
import type { RelayConfig } from './relay-config';

/** Makes the configuration, read once at start, available to every module. */
@Module({})
export class ConfigModule {
  static of(config: RelayConfig): DynamicModule {
    return {
      module: ConfigModule,
      global: true,
      providers: [{ provide: RELAY_CONFIG, useValue: config }],
      exports: [RELAY_CONFIG],
    };
  }
}
