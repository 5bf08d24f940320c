import fastify from 'fastify';
import { Pool } from 'pg';

// The least that keeps the rows that the relay keeps, in its own table, a call a statement: no validation, no mapping, no
// credentials, no lanes, no counts.
const pool = new Pool({
  connectionString: process.env.DATABASE_URL,
  options: `-c search_path=${process.env.RELAY_DATABASE_SCHEMA}`,
  max: 10,
});
const INSERT = `
  INSERT INTO events (destination, message_id, type, body, accepted_at, queued_at, attempts, history, state, warnings, lane)
  SELECT 'default', message_id, type, body, $1, $1, 0, '[]', 'pending', '[]', lane
  FROM unnest($2::text[], $3::text[], $4::text[], $5::text[]) AS new (message_id, type, body, lane)
  ON CONFLICT DO NOTHING`;

interface Event {
  readonly messageId: string;
  readonly type: string;
  readonly userId: string;
}

async function keep(events: readonly Event[]): Promise<{ success: true }> {
  const ids = events.map(({ messageId }) => messageId);
  const types = events.map(({ type }) => type);
  const bodies = events.map((event) => JSON.stringify(event));
  const lanes = events.map(({ userId }) => userId);
  await pool.query(INSERT, [Date.now(), ids, types, bodies, lanes]);
  return { success: true };
}

async function main(): Promise<void> {
  const server = fastify({ bodyLimit: 5 * 1024 * 1024 });
  server.post<{ Body: { batch: readonly Event[] } }>('/v1/batch', ({ body }) => keep(body.batch));
  console.log(`listening on ${await server.listen({ port: 0, host: '127.0.0.1' })}`);
}

void main();
