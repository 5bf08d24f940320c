import { startTestPostgres } from '@segment-userleap/test-postgres';
import { randomBytes } from 'node:crypto';

/** What a relay needs in order to have a store of its own on a PostgreSQL. */
export type StoreEnv = Readonly<Record<'DATABASE_URL' | 'RELAY_DATABASE_SCHEMA', string>>;

/** Lends a PostgreSQL that keeps what it commits, with nothing else on it. */
export async function withPostgres<T>(use: (newStore: () => StoreEnv) => Promise<T>): Promise<T> {
  const server = await startTestPostgres({ durable: true });
  try {
    return await use(() => ({
      DATABASE_URL: server.url,
      RELAY_DATABASE_SCHEMA: `bench_${randomBytes(4).toString('hex')}`,
    }));
  } finally {
    await server.stop();
  }
}
