import { PostgresAdapter, PostgresDialect } from 'kysely';
import type { DatabaseIntrospector, DialectAdapter, Kysely } from 'kysely';
import type { Db } from '../schema/outbox-schema';

/** What is particular to a store in one schema of a database. */
export class OneSchemaDialect extends PostgresDialect {
  readonly #schema: string;

  constructor(config: ConstructorParameters<typeof PostgresDialect>[0], schema: string) {
    super(config);
    this.#schema = schema;
  }

  override createAdapter(): DialectAdapter {
    return new OneSchemaAdapter(this.#schema);
  }

  /** Kysely's own looks at the tables of all schemas, and fails where somebody else drops one meanwhile. */
  override createIntrospector(db: Kysely<unknown>): DatabaseIntrospector {
    const own = super.createIntrospector(db);
    const tables = db
      .withTables<{ 'pg_catalog.pg_tables': { schemaname: string; tablename: string } }>()
      .selectFrom('pg_catalog.pg_tables')
      .select('tablename')
      .where('schemaname', '=', this.#schema);
    return {
      getSchemas: () => own.getSchemas(),
      getMetadata: (options) => own.getMetadata(options),
      getTables: async () =>
        (await tables.execute()).map(({ tablename }) => {
          return { name: tablename, schema: this.#schema, isView: false, columns: [] };
        }),
    };
  }
}

/** The schema that a store in PostgreSQL is in. */
export function schemaOf(db: Db): string {
  const { adapter } = db.getExecutor();
  if (!(adapter instanceof OneSchemaAdapter)) throw new Error('expected a store in PostgreSQL');
  return adapter.schema;
}

class OneSchemaAdapter extends PostgresAdapter {
  constructor(readonly schema: string) {
    super();
  }

  // Kysely's are of the session, which a pooler gives away between two transactions: each of the migrations' takes its own.
  override acquireMigrationLock(): Promise<void> {
    return Promise.resolve();
  }

  override releaseMigrationLock(): Promise<void> {
    return Promise.resolve();
  }
}
