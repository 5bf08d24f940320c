import { join } from 'node:path';
import { startRelay as startBuiltRelay } from '@segment-userleap/relay-driver';
import type { RelayProcess } from '@segment-userleap/relay-driver';

/** What a relay needs in order to accept everything and deliver (next to) nothing. */
export const WITHOUT_DELIVERY = { USERLEAP_ENDPOINT: 'http://127.0.0.1:9', USERLEAP_RATE_LIMIT: '1/3600s' } as const;

/** Starts the built relay on a free port with its store in this folder. */
export function startRelay(folder: string, env: Readonly<Record<string, string>>): Promise<RelayProcess> {
  return startRelayAt({ DATABASE_URL: `sqlite:${join(folder, 'relay.db')}`, ...env });
}

/** Starts the built relay on a free port; `env` says where its store is. */
export function startRelayAt(env: Readonly<Record<string, string>>): Promise<RelayProcess> {
  // A file of destinations has keys of its own.
  const key = env.RELAY_DESTINATIONS === undefined ? { USERLEAP_API_KEY: 'benchmarks' } : {};
  return startBuiltRelay({ ...key, ...env });
}
