import { parentPort, workerData } from 'node:worker_threads';
import { openSqlite } from './open-sqlite';
import { OPENED } from './outbox-thread';
import type { OutboxAnswer, OutboxCall, OutboxThreadData } from './outbox-thread';
import { SqliteOutbox } from './sqlite-outbox';

async function main({ path, backlogLimit }: OutboxThreadData): Promise<void> {
  const outbox = await SqliteOutbox.create(await openSqlite(path), backlogLimit);
  parentPort?.on('message', (call: OutboxCall) => void run(outbox, call));
  answer({ id: OPENED });
}

async function run(outbox: SqliteOutbox, { id, method, args }: OutboxCall): Promise<void> {
  try {
    const work = outbox[method] as (this: SqliteOutbox, ...given: readonly unknown[]) => Promise<unknown>;
    answer({ id, value: await work.apply(outbox, [...args]) });
    if (method === 'close') parentPort?.close();
  } catch (error) {
    answer({ id, error: describe(error) });
  }
}

function answer(message: OutboxAnswer): void {
  parentPort?.postMessage(message);
}

function describe(error: unknown): NonNullable<OutboxAnswer['error']> {
  if (!(error instanceof Error)) return { name: 'Error', code: undefined, message: 'unknown error' };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  return { name: error.name, code, message: error.message };
}

main(workerData as OutboxThreadData).catch((error: unknown) => answer({ id: OPENED, error: describe(error) }));
