import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { LoadPlan } from '../load/load-plan';
import { runLoad } from '../load/run-load';
import { startRelay, WITHOUT_DELIVERY } from '../processes/start-relay';

const BATCH = 1000;

export interface Backlog {
  readonly events: number;
  readonly users: number;
}

/** Fills a store through the relay's own intake: every user's Identify first, then Tracks of all users in turn. */
export async function fillStore(
  folder: string,
  { events, users }: Backlog,
): Promise<{ eventsPerSecond: number; megabytes: number }> {
  const relay = await startRelay(folder, WITHOUT_DELIVERY);
  const start = performance.now();
  try {
    for (const type of ['identify', 'track'] as const) {
      const requests = (type === 'identify' ? users : events - users) / BATCH;
      const shape: LoadPlan['shape'] = { path: '/v1/batch', type, batch: BATCH };
      await runLoad({ port: Number(new URL(relay.url).port), shape, connections: 4, users, end: { requests } });
    }
    const seconds = (performance.now() - start) / 1000;
    return { eventsPerSecond: events / seconds, megabytes: statSync(join(folder, 'relay.db')).size / 1e6 };
  } finally {
    await relay.stop();
  }
}
