import { sql } from 'kysely';
import type { Tx } from '../../src/outbox/schema/outbox-schema';

/** Resolves once so many wait for what the transaction holds, or for those that do. */
export async function areWaiting(tx: Tx, count: number): Promise<void> {
  const waiting = sql<{ count: number }>`
    WITH RECURSIVE line (pid) AS (
      SELECT pg_backend_pid()
      UNION SELECT behind.pid FROM pg_locks AS behind, line
      WHERE NOT behind.granted AND line.pid = ANY (pg_blocking_pids(behind.pid))
    ) SELECT count(*) - 1 AS count FROM line`;
  while ((await waiting.execute(tx)).rows[0]?.count !== count);
}
