import type { PoolConfig } from 'pg';
import type { PostgresStore } from '../../config/relay-config';
import { splitHosts } from '../../config/split-hosts';

const CONNECT_TIMEOUT_MS = 5_000;
// Some networks forget what is silent for a few minutes, without a word to either side.
const ALIVE_EVERY_MS = 30_000;

/** How a connection to a store is made: to each server of its URL, in the order in which they are tried. */
export function connectionsTo({ url }: Pick<PostgresStore, 'url'>) {
  return (splitHosts(url) ?? []).map((one) => {
    return {
      connectionString: checkedAsToday(one),
      application_name: 'segment-userleap',
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      keepAlive: true,
      keepAliveInitialDelayMillis: ALIVE_EVERY_MS,
    } satisfies PoolConfig;
  });
}

/** `pg` reads these as `verify-full`, and warns on the terminal that a later version will not. */
function checkedAsToday(url: string): string {
  return url.includes('uselibpqcompat=')
    ? url
    : url.replace(/\bsslmode=(?:prefer|require|verify-ca)\b/, 'sslmode=verify-full');
}
