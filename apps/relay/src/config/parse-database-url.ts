import type { PostgresStore, SqliteStore } from './relay-config';

/** Where a store is; undefined where the text is neither `sqlite:PATH` nor a URL of PostgreSQL with a host and a database. */
export function parseDatabaseUrl(text: string): SqliteStore | Pick<PostgresStore, 'kind' | 'url'> | undefined {
  const [, path] = /^sqlite:(.+)$/.exec(text) ?? [];
  if (path !== undefined) return { kind: 'sqlite', path };
  const url = /^postgres(ql)?:/.test(text) && URL.canParse(text) ? new URL(text) : undefined;
  if (!url || url.host === '' || !/^\/[^/]+$/.test(url.pathname)) return undefined;
  return { kind: 'postgres', url: text };
}
