import { describeDuration } from './duration';
import type { RelayConfig } from './relay-config';
import { RELAY_VERSION } from './relay-version';

/** What the log has of a relay that begins: what it is, and where it sends to. No secret, no address of the store. */
export function describeStart({ store, destinations, adminToken }: RelayConfig): readonly string[] {
  const place = store.kind === 'postgres' ? `postgres, schema ${store.schema}` : `sqlite, ${store.path}`;
  const api = adminToken === undefined ? 'off: RELAY_ADMIN_TOKEN is not set' : 'on';
  return [
    `version ${RELAY_VERSION}, Node ${process.version}; store: ${place}; admin API and dashboard: ${api}`,
    ...destinations.map(({ name, settings: { endpoint }, budget: { requests, windowMs } }) => {
      return `destination ${name} delivers to ${endpoint}, at most ${requests} requests in ${describeDuration(windowMs)}`;
    }),
  ];
}
