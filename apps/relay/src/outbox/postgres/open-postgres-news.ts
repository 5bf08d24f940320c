import type { PostgresStore } from '../../config/relay-config';
import { NO_NEWS } from '../port/store-news';
import type { StoreNews } from '../port/store-news';
import { connectionsTo } from './connection-to';
import { isPooled } from './is-pooled';
import { PostgresNews } from './postgres-news';

const LOOK_EVERY_MS = 2_000;

/**
 * What brings news of the other processes: over the connection that is given for it, or over the store's, where a session is one's
 * own. Behind a pooler it is not: what others do is looked for then, and `say` tells so.
 */
export async function openPostgresNews(
  store: PostgresStore,
  sender: string,
  say: (text: string) => void,
): Promise<StoreNews> {
  const circle = { schema: store.schema, sender };
  if (store.listenUrl !== undefined) return new PostgresNews(connectionsTo({ url: store.listenUrl }), circle);
  const servers = connectionsTo(store);
  if (!(await isPooled(servers))) return new PostgresNews(servers, circle);
  say(
    `a pooler stands before the database: what other relays did is looked for every ${LOOK_EVERY_MS / 1000} s. ` +
      'RELAY_DATABASE_LISTEN_URL, a URL of the database itself, brings it at once',
  );
  return { ...NO_NEWS, lookEveryMs: LOOK_EVERY_MS };
}
