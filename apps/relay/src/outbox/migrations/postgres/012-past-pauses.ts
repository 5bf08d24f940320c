import type { Kysely, Migration } from 'kysely';
import { createPastPauses } from '../012-past-pauses';

/** As `012-past-pauses` on SQLite. */
export const addPastPauses: Migration = {
  up: (db: Kysely<unknown>) => createPastPauses(db),
};
