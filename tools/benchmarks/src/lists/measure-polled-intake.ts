import type { LoadPlan, LoadResult } from '../load/load-plan';
import { runLoad } from '../load/run-load';
import { ADMIN_TOKEN } from './measure-calls';

const LOAD: Omit<LoadPlan, 'port'> = {
  users: 20_000,
  shape: { path: '/v1/batch', type: 'track', batch: 100 },
  connections: 8,
  end: { warmUpSeconds: 1, seconds: 5 },
};

/** Durable intake, while somebody asks for the overview each second or nobody does. */
export async function measurePolledIntake(url: string, isPolled: boolean): Promise<LoadResult> {
  const poll = async (): Promise<void> => {
    const response = await fetch(`${url}/api/overview`, { headers: { authorization: `Bearer ${ADMIN_TOKEN}` } });
    await response.arrayBuffer();
  };
  const timer = isPolled ? setInterval(() => void poll(), 1_000) : undefined;
  try {
    return await runLoad({ ...LOAD, port: Number(new URL(url).port) });
  } finally {
    clearInterval(timer);
  }
}
