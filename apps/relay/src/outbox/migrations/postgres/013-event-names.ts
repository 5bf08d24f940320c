import type { Kysely, Migration } from 'kysely';
import { createEventNames } from '../015-event-names';

/** As `015-event-names` on SQLite. Replicas of the version before count no names. */
export const addEventNames: Migration = {
  up: (db: Kysely<unknown>) => createEventNames(db),
};
