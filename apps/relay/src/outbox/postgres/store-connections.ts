import type { PostgresPool, PostgresPoolClient } from 'kysely';
import type { ClientBase, QueryResult } from 'pg';
import { isBroken } from './is-broken';
import { tableNamer } from './name-tables';
import type { StorePool } from './store-pool';
import { hideZero } from './zero-in-text';

/** How transactions begin, by isolation level. */
export type SayBegin = (isolation: string) => string;

const BEGIN = /^(?:begin|start transaction(?: isolation level (.+))?)$/;
const END = /^(?:commit|rollback)$/;
const ISOLATION = 'READ COMMITTED';

/**
 * The pool as Kysely speaks to it, which hands over nothing but a text and its values. Every statement is part of a transaction
 * that says how it is to be run, and names its tables with their schema: so a session keeps nothing between two of them.
 */
export function storeConnections(pool: StorePool, schema: string, begin: SayBegin): PostgresPool {
  const nameTables = tableNamer(schema);
  return {
    async connect() {
      const { client, release } = await pool.connect();
      let isInside = false;
      let failure: unknown;
      const run = async (text: string, values: readonly unknown[]): Promise<unknown> => {
        const [isBegin, isolation = ISOLATION] = BEGIN.exec(text) ?? [];
        if (isBegin !== undefined) {
          await client.query(begin(isolation));
          isInside = true;
          return {};
        }
        if (!isInside) return runAlone(client, begin(ISOLATION), nameTables(text), values.map(hideZero));
        if (END.test(text)) isInside = false;
        return client.query(nameTables(text), values.map(hideZero));
      };
      const query = async (text: string, values: readonly unknown[]) => {
        try {
          return await run(text, values);
        } catch (error) {
          if (!isBroken(failure)) failure = error;
          throw error;
        }
      };
      return { query: query as unknown as PostgresPoolClient['query'], release: () => release(failure) };
    },
    end: () => pool.end(),
  };
}

/** A transaction of one statement, in one round trip. */
async function runAlone(client: ClientBase, begin: string, text: string, values: unknown[]): Promise<QueryResult> {
  const [begun, done, committed] = await Promise.allSettled([
    client.query(begin),
    client.query(text, values),
    client.query('COMMIT'),
  ]);
  for (const step of [begun, done, committed]) if (step.status === 'rejected') throw step.reason;
  return (done as PromiseFulfilledResult<QueryResult>).value;
}
