import { Inject, Module } from '@nestjs/common';
import type { DynamicModule, OnApplicationShutdown } from '@nestjs/common';
import { OUTBOX } from './port/outbox.port';
import type { OpenStore } from './open-outbox';
import type { OutboxPort } from './port/outbox.port';
import { StorageAlarm } from './storage-alarm';
import { STORE_NEWS } from './port/store-news';
import type { StoreNews } from './port/store-news';

/** Makes an open store available to every module, and closes it after all of them. */
@Module({})
export class OutboxModule implements OnApplicationShutdown {
  constructor(
    @Inject(OUTBOX) private readonly outbox: OutboxPort,
    @Inject(STORE_NEWS) private readonly news: StoreNews,
  ) {}

  static of({ outbox, news }: OpenStore): DynamicModule {
    return {
      module: OutboxModule,
      global: true,
      providers: [StorageAlarm, { provide: OUTBOX, useValue: outbox }, { provide: STORE_NEWS, useValue: news }],
      exports: [OUTBOX, STORE_NEWS, StorageAlarm],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.news.close();
    await this.outbox.close();
  }
}
