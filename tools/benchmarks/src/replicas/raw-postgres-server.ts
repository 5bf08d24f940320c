import fastify from 'fastify';
import { Pool } from 'pg';

// The least that keeps events as durably as the relay does on PostgreSQL, a call a statement: no validation, no mapping, no
// credentials, no lanes.
const schema = process.env.RELAY_DATABASE_SCHEMA;
const pool = new Pool({ connectionString: process.env.DATABASE_URL, options: `-c search_path=${schema}`, max: 10 });
const INSERT = `
  INSERT INTO events (message_id, body) SELECT * FROM unnest($1::text[], $2::text[]) ON CONFLICT DO NOTHING`;

interface Event {
  readonly messageId: string;
}

async function keep(events: readonly Event[]): Promise<{ success: true }> {
  await pool.query(INSERT, [events.map(({ messageId }) => messageId), events.map((event) => JSON.stringify(event))]);
  return { success: true };
}

async function main(): Promise<void> {
  await pool.query(`CREATE SCHEMA ${schema}`);
  await pool.query(
    'CREATE TABLE events (id bigint GENERATED ALWAYS AS IDENTITY, message_id text UNIQUE, body text NOT NULL)',
  );
  const server = fastify({ bodyLimit: 5 * 1024 * 1024 });
  server.post<{ Body: Event }>('/v1/track', ({ body }) => keep([body]));
  server.post<{ Body: { batch: readonly Event[] } }>('/v1/batch', ({ body }) => keep(body.batch));
  console.log(`listening on ${await server.listen({ port: 0, host: '127.0.0.1' })}`);
}

void main();
