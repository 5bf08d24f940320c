import { randomUUID } from 'node:crypto';
import type { PostgresStore, RelayConfig } from '../config/relay-config';
import { GroupCommit } from './group-commit';
import { connectionTo, openPostgres } from './open-postgres';
import { openOutboxThread } from './outbox-thread';
import type { OutboxPort } from './outbox.port';
import { PostgresNews } from './postgres-news';
import { PostgresOutbox } from './postgres-outbox';
import { NO_NEWS } from './store-news';
import type { StoreNews } from './store-news';

/** The relay's store, and what brings news of the others that share it. */
export interface OpenStore {
  readonly outbox: OutboxPort;
  readonly news: StoreNews;
}

/** Opens the store. Rejects where it cannot be opened, or is a file that another relay has. */
export async function openOutbox({ store, backlogLimit }: RelayConfig): Promise<OpenStore> {
  if (store.kind === 'postgres') return openShared(store, backlogLimit);
  const outbox = await openOutboxThread({ path: store.path, backlogLimit });
  const group = new GroupCommit((events) => outbox.accept(events));
  return { outbox: { ...outbox, accept: (events) => group.accept(events) }, news: NO_NEWS };
}

async function openShared(store: PostgresStore, backlogLimit: number): Promise<OpenStore> {
  const { schema, leaseMs } = store;
  const circle = { schema, sender: randomUUID() };
  const outbox = await PostgresOutbox.create(await openPostgres(store), { backlogLimit, leaseMs, circle });
  return { outbox, news: new PostgresNews(connectionTo(store), circle) };
}
