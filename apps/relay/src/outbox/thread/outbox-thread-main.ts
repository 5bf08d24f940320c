import { parentPort, workerData } from 'node:worker_threads';
import { OPENED } from './outbox-thread';
import type { OutboxAnswer, OutboxCall, OutboxThreadData } from './outbox-thread';
import type { OutboxPort } from '../port/outbox.port';
import { unpackEvents } from './pack-events';
import type { PackedEvents } from './pack-events';

async function main(data: OutboxThreadData): Promise<void> {
  const outbox = await open(data);
  parentPort?.on('message', (call: OutboxCall) => void run(outbox, call));
  answer({ id: OPENED });
}

/** Loads what the one kind of store needs, and of the other nothing. */
async function open({ store, sender, ...limits }: OutboxThreadData): Promise<OutboxPort> {
  if (store.kind === 'sqlite') {
    const { openSqlite } = await import('../sqlite/open-sqlite.js');
    const { SqliteOutbox } = await import('../sqlite/sqlite-outbox.js');
    return SqliteOutbox.create(await openSqlite(store.path), limits);
  }
  const { openPostgres } = await import('../postgres/open-postgres.js');
  const { PostgresOutbox } = await import('../postgres/postgres-outbox.js');
  const { schema, leaseMs } = store;
  return PostgresOutbox.create(await openPostgres(store), { ...limits, leaseMs, circle: { schema, sender } });
}

async function run(outbox: OutboxPort, { id, method, args }: OutboxCall): Promise<void> {
  try {
    const work = outbox[method] as (this: OutboxPort, ...given: readonly unknown[]) => Promise<unknown>;
    const given = method === 'accept' ? [unpackEvents(args[0] as PackedEvents)] : args;
    answer({ id, value: await work.apply(outbox, [...given]) });
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
