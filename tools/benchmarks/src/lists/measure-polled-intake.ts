import type { AdminApi } from '@segment-userleap/relay-driver';
import type { LoadPlan, LoadResult } from '../load/load-plan';
import { runLoad } from '../load/run-load';

const LOAD: Omit<LoadPlan, 'port'> = {
  users: 20_000,
  shape: { path: '/v1/batch', type: 'track', batch: 100 },
  connections: 8,
  end: { warmUpSeconds: 1, seconds: 5 },
};

/** Durable intake, while `poller` asks for the overview each second or nobody does. */
export async function measurePolledIntake(url: string, poller: AdminApi | undefined): Promise<LoadResult> {
  const timer = poller && setInterval(() => void poller.overview(), 1_000);
  try {
    return await runLoad({ ...LOAD, port: Number(new URL(url).port) });
  } finally {
    clearInterval(timer);
  }
}
