import { join } from 'node:path';
import { runLoad } from '../load/run-load';
import { startServer } from '@segment-userleap/relay-driver';
import type { ServerProcess } from '@segment-userleap/relay-driver';
import { startRelayAt, WITHOUT_DELIVERY } from '../processes/start-relay';
import type { StoreEnv } from './postgres-store';

const CONNECTIONS = 8;
const LOAD = {
  shape: { path: '/v1/batch', type: 'track', batch: 100 },
  users: 20_000,
  end: { warmUpSeconds: 5, seconds: 8 },
} as const;

/** Events/s that nothing but fastify and pg keep, as the same rows of the same table. */
export async function measureRawIntake(store: StoreEnv): Promise<number> {
  const migrating = await startRelayAt({ ...WITHOUT_DELIVERY, ...store });
  await migrating.end('SIGTERM');
  return measure([() => startServer(join(__dirname, 'raw-postgres-server.js'), store)]);
}

/** Events/s that so many replicas keep together. */
export function measureIntake(store: StoreEnv, replicas: number): Promise<number> {
  return measure(Array.from({ length: replicas }, () => () => startRelayAt({ ...WITHOUT_DELIVERY, ...store })));
}

async function measure(starts: readonly (() => Promise<ServerProcess>)[]): Promise<number> {
  const servers = await Promise.all(starts.map((start) => start()));
  try {
    const results = await Promise.all(
      servers.map(({ url }) => {
        const connections = Math.ceil(CONNECTIONS / servers.length);
        return runLoad({ ...LOAD, connections, port: Number(new URL(url).port) });
      }),
    );
    return results.reduce((sum, { eventsPerSecond }) => sum + eventsPerSecond, 0);
  } finally {
    await Promise.all(servers.map((server) => server.end('SIGTERM')));
  }
}
