import { Logger } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { RelayConfig } from '../config/relay-config';
import { GroupCommit } from './accepting/group-commit';
import { openOutboxThread } from './thread/outbox-thread';
import type { OutboxPort } from './port/outbox.port';
import { NO_NEWS } from './port/store-news';
import type { StoreNews } from './port/store-news';

/** The relay's store, and what brings news of the others that share it. */
export interface OpenStore {
  readonly outbox: OutboxPort;
  readonly news: StoreNews;
}

/**
 * Opens the store. Rejects where it cannot be opened, or is a file that another relay has. Should it be lost later, the
 * process ends.
 */
export async function openOutbox({ store, backlogLimit, parkedLimit }: RelayConfig): Promise<OpenStore> {
  const sender = randomUUID();
  const outbox = await openOutboxThread({ store, backlogLimit, parkedLimit, sender }, endProcess);
  if (store.kind === 'postgres') {
    // Loaded where it is needed.
    const { openPostgresNews } = await import('./postgres/open-postgres-news.js');
    const logger = new Logger('outbox');
    return { outbox, news: await openPostgresNews(store, sender, (text) => logger.log(text)) };
  }
  // A commit to SQLite stops its thread: what comes meanwhile is gathered here.
  const group = new GroupCommit((events) => outbox.accept(events));
  return { outbox: { ...outbox, accept: (events) => group.accept(events) }, news: NO_NEWS };
}

/** Without its store it can do nothing: whoever supervises it starts another. */
function endProcess(): void {
  new Logger('outbox').fatal(
    'the thread that has the store has ended, and so does the relay; nothing accepted is lost',
  );
  process.exit(1);
}
