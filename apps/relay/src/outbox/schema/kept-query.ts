import type { Compilable, CompiledQuery } from 'kysely';
import { isPostgres } from './is-postgres';
import type { Db } from './outbox-schema';

/** Stands in a query for a value that is given when it is run. */
export class Place {
  constructor(
    private readonly name: string,
    private readonly isJson = false,
  ) {}

  /** The same value as JSON. */
  asJson(): Place {
    return new Place(this.name, true);
  }

  valueIn(given: Readonly<Record<string, unknown>>): unknown {
    return this.isJson ? JSON.stringify(given[this.name]) : given[this.name];
  }

  /** Whoever reckons with it would have the outcome of the first time kept for all times. */
  [Symbol.toPrimitive](): never {
    throw new Error(`${this.name}: expected to be handed to the query as it is`);
  }
}

/**
 * A query that is built and compiled once for each kind of database, which takes Kysely longer than SQLite takes to run it.
 * While it is built, `given` has a place for each value: to be handed to Kysely as it is.
 */
export function keptQuery<Given extends object, Row>(
  build: (db: Db, given: Given) => Compilable<Row>,
): (db: Db, given: Given) => Promise<readonly Row[]> {
  const kept = new Map<boolean, CompiledQuery<Row>>();
  return async (db, given) => {
    const kind = isPostgres(db);
    const query = kept.get(kind) ?? build(db, PLACES as Given).compile();
    kept.set(kind, query);
    const values = given as Readonly<Record<string, unknown>>;
    const parameters = query.parameters.map((one) => (one instanceof Place ? one.valueIn(values) : one));
    return (await db.executeQuery<Row>({ ...query, parameters })).rows;
  };
}

const PLACES: unknown = new Proxy({}, { get: (_, name) => new Place(String(name)) });
