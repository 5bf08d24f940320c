import Database from 'better-sqlite3';
import fastify from 'fastify';

// The least that keeps events as durably as the relay does: no validation, no mapping, no credentials, no lanes.
const database = new Database(process.env.DATABASE_PATH);
database.pragma('journal_mode = WAL');
database.pragma('synchronous = FULL');
database.exec('CREATE TABLE events (id INTEGER PRIMARY KEY, message_id TEXT NOT NULL UNIQUE, body TEXT NOT NULL)');
const insert = database.prepare<[string, string]>(
  'INSERT INTO events (message_id, body) VALUES (?, ?) ON CONFLICT DO NOTHING',
);
const keep = database.transaction((events: readonly Event[]) => {
  for (const event of events) insert.run(event.messageId, JSON.stringify(event));
});

interface Event {
  readonly messageId: string;
}

const server = fastify({ bodyLimit: 5 * 1024 * 1024 });
server.post<{ Body: Event }>('/v1/track', ({ body }) => {
  keep([body]);
  return { success: true };
});
server.post<{ Body: { batch: readonly Event[] } }>('/v1/batch', ({ body }) => {
  keep(body.batch);
  return { success: true };
});
void server.listen({ port: 0, host: '127.0.0.1' }).then((url) => console.log(`listening on ${url}`));
