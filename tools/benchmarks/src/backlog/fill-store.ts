import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { LoadPlan } from '../load/load-plan';
import { runLoad } from '../load/run-load';
import type { ServerProcess } from '@segment-userleap/relay-driver';
import { startRelay, WITHOUT_DELIVERY } from '../processes/start-relay';

// Below the largest body that Segment sends.
const BATCH = 250;

export interface Backlog {
  readonly events: number;
  readonly users: number;
}

/** Fills a store in a folder; see `fillThrough`. */
export async function fillStore(
  folder: string,
  backlog: Backlog,
): Promise<{ eventsPerSecond: number; megabytes: number }> {
  const relay = await startRelay(folder, WITHOUT_DELIVERY);
  const start = performance.now();
  try {
    await fillThrough(relay, backlog);
    const seconds = (performance.now() - start) / 1000;
    return { eventsPerSecond: backlog.events / seconds, megabytes: statSync(join(folder, 'relay.db')).size / 1e6 };
  } finally {
    await relay.end('SIGTERM');
  }
}

/** Fills a store through the relay's own intake: every user's Identify first, then Tracks of all users in turn. */
export async function fillThrough({ url }: ServerProcess, { events, users }: Backlog): Promise<void> {
  for (const type of ['identify', 'track'] as const) {
    const requests = (type === 'identify' ? users : events - users) / BATCH;
    const shape: LoadPlan['shape'] = { path: '/v1/batch', type, batch: BATCH };
    if (requests > 0)
      await runLoad({ port: Number(new URL(url).port), shape, connections: 4, users, end: { requests } });
  }
}
