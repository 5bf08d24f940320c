import { PostgresDialect } from 'kysely';
import type { DatabaseIntrospector, Kysely } from 'kysely';

/**
 * Finds the tables of one schema. Kysely's own dialect looks at those of all schemas, and fails where somebody else drops
 * one meanwhile.
 */
export class OneSchemaDialect extends PostgresDialect {
  readonly #schema: string;

  constructor(config: ConstructorParameters<typeof PostgresDialect>[0], schema: string) {
    super(config);
    this.#schema = schema;
  }

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
