import type { PoolConfig } from 'pg';
import type { PostgresStore } from '../../config/relay-config';

const CONNECT_TIMEOUT_MS = 10_000;

/** How a connection to the store is made. */
export function connectionTo({ url, schema }: Pick<PostgresStore, 'url' | 'schema'>) {
  return {
    connectionString: url,
    options: `-c search_path=${schema}`,
    application_name: 'segment-userleap',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
  } satisfies PoolConfig;
}
