import { Client } from 'pg';
import type { ClientConfig } from 'pg';

/**
 * Whether a pooler answers for the server: it gives connections numbers of its own, which are not those of the server's
 * processes. False where nobody answers.
 */
export async function isPooled(servers: readonly ClientConfig[]): Promise<boolean> {
  for (const server of servers) {
    const client = new Client(server);
    client.on('error', () => undefined);
    try {
      await client.connect();
      const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      return rows[0]?.pid !== processOf(client);
    } catch {
      // The next one may answer.
    } finally {
      await client.end().catch(() => undefined);
    }
  }
  return false;
}

/** As the one who answered named itself; `pg` has it without telling so in its types. */
function processOf(client: Client): unknown {
  return (client as unknown as { readonly processID: unknown }).processID;
}
