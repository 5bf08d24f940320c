import Database from 'better-sqlite3';
import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

// The least that keeps events as durably as the relay does: no framework, no validation, no mapping, no credentials, no lanes.
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

const server = createServer((request, response) => {
  void readBody(request).then((body) => {
    const call = JSON.parse(body) as Event & { readonly batch?: readonly Event[] };
    keep(call.batch ?? [call]);
    response.setHeader('content-type', 'application/json').end('{"success":true}');
  });
});
server.listen(0, '127.0.0.1', () => {
  console.log(`listening on http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
