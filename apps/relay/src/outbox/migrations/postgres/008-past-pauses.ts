import type { Kysely, Migration } from 'kysely';
import { createPastPauses } from '../010-past-pauses';

/** As `010-past-pauses` on SQLite. */
export const addPastPauses: Migration = {
  up: (db: Kysely<unknown>) => createPastPauses(db),
};
