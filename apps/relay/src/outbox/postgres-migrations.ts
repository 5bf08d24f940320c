import type { MigrationProvider } from 'kysely';
import { createOutbox } from './migrations/postgres/001-outbox';

/** Every change of the store's form on PostgreSQL, in order; one that was released is never changed. */
export const POSTGRES_MIGRATIONS: MigrationProvider = {
  getMigrations: async () => ({ '001-outbox': createOutbox }),
};
