import type { ClientBase, QueryResult } from 'pg';
import { sayBegin } from './say-begin';

/** The server is there, and takes no writes. */
export class ReadOnlyServer extends Error {
  override readonly name = 'ReadOnlyServer';
  /** PostgreSQL's own: read_only_sql_transaction. */
  readonly code = '25006';
}

interface Answer {
  readonly standby: boolean;
  readonly read_only: string;
}

// In a transaction, so that no time-out that somebody has set for the role ends it.
const BEGIN = sayBegin({ statementTimeoutMs: 0, leaseMs: 0 })('READ COMMITTED');
const QUESTION = `${BEGIN};
  SELECT pg_is_in_recovery() AS standby, current_setting('default_transaction_read_only') AS read_only;
  COMMIT`;

/** Rejects where a new connection leads to a server that cannot be written: a standby, or one that was made read-only. */
export async function expectWriting(client: ClientBase): Promise<void> {
  const results = (await client.query(QUESTION)) as unknown as readonly QueryResult<Answer>[];
  const answer = results.at(-2)?.rows[0];
  if (answer?.standby === true) throw new ReadOnlyServer('the server is a standby, which cannot be written');
  if (answer?.read_only === 'on') throw new ReadOnlyServer('the server is set to be read only');
}
