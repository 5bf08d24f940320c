import { storeInSchema } from '@segment-userleap/relay-driver';
import { startTestPostgres } from '@segment-userleap/test-postgres';
import { Client } from 'pg';

/** A store on a PostgreSQL of its own, in which somebody's open transaction can keep every lane from being leased. */
export interface StoreThatHangs {
  /** What a relay is told of it. */
  readonly env: Readonly<Record<string, string>>;
  /** It can be read meanwhile, and events are taken in; resolves with what ends it. */
  hang(): Promise<() => Promise<void>>;
  remove(): Promise<void>;
}

export async function startStoreThatHangs(): Promise<StoreThatHangs> {
  const server = await startTestPostgres();
  const { env } = storeInSchema(server.url);
  return {
    env,
    async hang() {
      const client = new Client({ connectionString: server.url });
      await client.connect();
      await client.query(`BEGIN; LOCK TABLE ${env['RELAY_DATABASE_SCHEMA'] ?? ''}.lanes IN EXCLUSIVE MODE`);
      return () => client.end();
    },
    remove: () => server.stop(),
  };
}
