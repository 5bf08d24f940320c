import type { Kysely, Migration } from 'kysely';

/** What of a lane may have been sent by a process that died. For every database: replicas of the version before leave it be. */
export const addDoubts: Migration = {
  async up(db: Kysely<unknown>) {
    for (const column of ['leased_up_to', 'leased_events', 'in_doubt_up_to', 'in_doubt_events', 'in_doubt_since']) {
      await db.schema.alterTable('lanes').addColumn(column, 'bigint').execute();
    }
  },
};
