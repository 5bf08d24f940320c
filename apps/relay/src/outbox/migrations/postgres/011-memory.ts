import type { Kysely, Migration } from 'kysely';
import { addTold } from '../013-memory';

/** What the SQLite store has after its thirteenth migration. Replicas of the version before leave it be. */
export const addMemory: Migration = {
  async up(db: Kysely<unknown>) {
    await addTold(db, 'bytea');
  },
};
