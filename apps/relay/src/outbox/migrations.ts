import type { MigrationProvider } from 'kysely';
import { createOutbox } from './migrations/001-outbox';
import { addDeliveryEngine } from './migrations/002-delivery-engine';
import { addOperations } from './migrations/003-operations';
import { addBacklogSamples } from './migrations/004-backlog-samples';
import { addStoreMoves } from './migrations/005-store-moves';

/** Every change of the store's form, in order; one that was released is never changed. */
export const MIGRATIONS: MigrationProvider = {
  getMigrations: async () => ({
    '001-outbox': createOutbox,
    '002-delivery-engine': addDeliveryEngine,
    '003-operations': addOperations,
    '004-backlog-samples': addBacklogSamples,
    '005-store-moves': addStoreMoves,
  }),
};
