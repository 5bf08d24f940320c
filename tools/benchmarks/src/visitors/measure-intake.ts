import { withTemporaryFolder } from '@segment-userleap/relay-driver';
import type { LoadPlan, LoadResult } from '../load/load-plan';
import { runLoad } from '../load/run-load';
import type { SampleType } from '../load/sample-event';
import { startRelay, WITHOUT_DELIVERY } from '../processes/start-relay';
import { median } from '../report/percentile';

const LOAD = { users: 20_000, end: { warmUpSeconds: 2, seconds: 5 }, connections: 8 } as const;

export interface HoldCost {
  /** Events/s, medians of the rounds. */
  readonly without: number;
  readonly with: number;
  /** The median of the rounds' ratios. */
  readonly ratio: number;
}

/** The intake of batches with and without a hold; the two take turns, each on an empty store. */
export async function measureIntake(type: SampleType, rounds: number): Promise<HoldCost> {
  const without: number[] = [];
  const held: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    without.push((await measure(type, '0')).eventsPerSecond);
    held.push((await measure(type, '7d')).eventsPerSecond);
  }
  const ratio = median(held.map((rate, round) => rate / (without[round] ?? NaN)));
  return { without: median(without), with: median(held), ratio };
}

function measure(type: SampleType, hold: string): Promise<LoadResult> {
  return withTemporaryFolder(async (folder) => {
    const limits = { RELAY_ANONYMOUS_LIMIT: '100000000', RELAY_BACKLOG_LIMIT: '100000000' };
    const relay = await startRelay(folder, { ...WITHOUT_DELIVERY, ...limits, RELAY_ANONYMOUS_HOLD: hold });
    try {
      const shape = { path: '/v1/batch', type, batch: 100 };
      const plan: LoadPlan = { ...LOAD, shape, port: Number(new URL(relay.url).port) };
      return await runLoad(plan);
    } finally {
      await relay.end('SIGTERM');
    }
  });
}
