import { Inject, Module } from '@nestjs/common';
import type { DynamicModule, OnApplicationShutdown } from '@nestjs/common';
import { OUTBOX } from './outbox.port';
import type { OutboxPort } from './outbox.port';
import { StorageAlarm } from './storage-alarm';

/** Makes an open outbox available to every module, and closes it after all of them. */
@Module({})
export class OutboxModule implements OnApplicationShutdown {
  constructor(@Inject(OUTBOX) private readonly outbox: OutboxPort) {}

  static of(outbox: OutboxPort): DynamicModule {
    return {
      module: OutboxModule,
      global: true,
      providers: [StorageAlarm, { provide: OUTBOX, useValue: outbox }],
      exports: [OUTBOX, StorageAlarm],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.outbox.close();
  }
}
