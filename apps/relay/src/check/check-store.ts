import type { RelayConfig } from '../config/relay-config';
import { checkPostgres } from '../outbox/postgres/check-postgres';
import { checkSqlite } from '../outbox/sqlite/check-sqlite';
import type { Finding } from './finding';

/** Whether a relay can use its store. Leaves it as it is, also where a relay has it. */
export async function checkStore(store: RelayConfig['store']): Promise<Finding> {
  try {
    const message = store.kind === 'sqlite' ? checkSqlite(store.path) : await checkPostgres(store);
    return { what: 'store', ok: true, message };
  } catch (error) {
    return { what: 'store', ok: false, message: error instanceof Error ? error.message : 'unknown error' };
  }
}
