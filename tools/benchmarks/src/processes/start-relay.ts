import { join } from 'node:path';
import { startServer } from '@segment-userleap/relay-driver';
import type { ServerProcess } from '@segment-userleap/relay-driver';

const RELAY = join(__dirname, '../../../../dist/apps/relay/main.js');

/** What a relay needs in order to accept everything and deliver (next to) nothing. */
export const WITHOUT_DELIVERY = { USERLEAP_ENDPOINT: 'http://127.0.0.1:9', USERLEAP_RATE_LIMIT: '1/3600s' } as const;

/** Starts the built relay on a free port with its store in this folder. */
export function startRelay(folder: string, env: Readonly<Record<string, string>>): Promise<ServerProcess> {
  return startRelayAt({ DATABASE_URL: `sqlite:${join(folder, 'relay.db')}`, ...env });
}

/** Starts the built relay on a free port; `env` says where its store is. */
export function startRelayAt(env: Readonly<Record<string, string>>): Promise<ServerProcess> {
  return startServer(RELAY, { PORT: '0', USERLEAP_API_KEY: 'benchmarks', ...env });
}
