import type { ClientBase } from 'pg';

/** The server is there, and takes no writes. */
export class ReadOnlyServer extends Error {
  override readonly name = 'ReadOnlyServer';
  /** PostgreSQL's own: read_only_sql_transaction. */
  readonly code = '25006';
}

const QUESTION = `SELECT pg_is_in_recovery() AS standby, current_setting('default_transaction_read_only') AS read_only`;

/** Rejects where a new connection leads to a server that cannot be written: a standby, or one that was made read-only. */
export async function expectWriting(client: ClientBase): Promise<void> {
  const { rows } = await client.query<{ standby: boolean; read_only: string }>(QUESTION);
  if (rows[0]?.standby === true) throw new ReadOnlyServer('the server is a standby, which cannot be written');
  if (rows[0]?.read_only === 'on') throw new ReadOnlyServer('the server is set to be read only');
}
