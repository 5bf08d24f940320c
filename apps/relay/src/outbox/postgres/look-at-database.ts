import { sql } from 'kysely';
import type { Db } from '../schema/outbox-schema';

const ENCODING = 'UTF8';

/**
 * What a transaction has to say on this database beyond the usual. Rejects where it cannot be reached, or cannot hold every text
 * that an event may have.
 */
export async function lookAtDatabase(db: Db): Promise<readonly string[]> {
  const { rows } = await sql<{ encoding: string; waits: string }>`
    SELECT current_setting('server_encoding') AS encoding, current_setting('synchronous_commit') AS waits
  `.execute(db);
  const { encoding = '', waits } = rows[0] ?? {};
  if (encoding !== ENCODING) {
    throw new Error(
      `its encoding is ${encoding}, and only ${ENCODING} holds every text: make it with ENCODING '${ENCODING}'`,
    );
  }
  // What is answered with 2xx is on disk. Where it is set to wait for more than that, it stays so.
  return waits === 'off' ? ['SET LOCAL synchronous_commit = on'] : [];
}
