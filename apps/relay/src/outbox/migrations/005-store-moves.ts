import type { Kysely, Migration } from 'kysely';

/** Marks of moves between databases: nobody works on half a store, nor on one that is somewhere else now. For every database. */
export const addStoreMoves: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('store_moves')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('at_table', 'text')
      .addColumn('at_row', 'bigint')
      .execute();
  },
};
