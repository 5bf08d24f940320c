import { Global, Inject, Module } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import { RELAY_CONFIG } from '../config/relay-config';
import type { RelayConfig } from '../config/relay-config';
import { openSqlite } from './open-sqlite';
import { OUTBOX } from './outbox.port';
import type { OutboxPort } from './outbox.port';
import { SqliteOutbox } from './sqlite-outbox';

@Global()
@Module({
  providers: [
    {
      provide: OUTBOX,
      inject: [RELAY_CONFIG],
      useFactory: async ({ databasePath }: RelayConfig) => new SqliteOutbox(await openSqlite(databasePath)),
    },
  ],
  exports: [OUTBOX],
})
export class OutboxModule implements OnApplicationShutdown {
  constructor(@Inject(OUTBOX) private readonly outbox: OutboxPort) {}

  async onApplicationShutdown(): Promise<void> {
    await this.outbox.close();
  }
}
