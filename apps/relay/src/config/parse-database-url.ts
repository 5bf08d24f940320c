import type { PostgresStore, SqliteStore } from './relay-config';
import { splitHosts } from './split-hosts';

/** Where a store is; undefined where the text is neither `sqlite:PATH` nor a URL of PostgreSQL with a host and a database. */
export function parseDatabaseUrl(text: string): SqliteStore | Pick<PostgresStore, 'kind' | 'url'> | undefined {
  const [, path] = /^sqlite:(.+)$/.exec(text) ?? [];
  if (path !== undefined) return { kind: 'sqlite', path };
  return splitHosts(text) ? { kind: 'postgres', url: text } : undefined;
}
