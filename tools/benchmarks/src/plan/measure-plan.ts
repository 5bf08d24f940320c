import { countsWhileDue, mostInAnyWindow } from '../coalescing/budget-use';
import type { RateLimit } from '../coalescing/rate-limit';
import { relay } from '../drain/relay-competitor';
import { startFakeUserLeap } from '../userleap/fake-userleap';

// What waits must outlast the measurement.
const SPARE_USERS = 100;
const PATIENCE_SECONDS = 30;

export interface PlanTrial {
  readonly plan: RateLimit;
  readonly answerMs: number;
  /** Full windows of the plan, the first included. */
  readonly windows: number;
}

export interface PlanUse {
  /** Share of the plan that was used after the first window, in which half of it may go at once. */
  readonly shareAfterBurst: number;
  readonly mostInAnyWindow: number;
}

/** What a relay sends while more waits than its plan allows. */
export async function measurePlan(
  newStore: () => Readonly<Record<string, string>>,
  { plan, answerMs, windows }: PlanTrial,
): Promise<PlanUse> {
  const { requests, windowMs } = plan;
  const userLeap = await startFakeUserLeap(answerMs);
  const rateLimit = `${requests}/${windowMs / 1000}s`;
  const prepared = await relay('', { replicas: 1, rateLimit }, newStore).prepare(
    requests * windows + SPARE_USERS,
    userLeap.url,
  );
  try {
    await prepared.begin();
    await userLeap.arrivals({ requests: 1 }, PATIENCE_SECONDS);
    await new Promise((resolve) => setTimeout(resolve, windows * windowMs));
    const times = (await userLeap.arrivals({ requests: 0 }, PATIENCE_SECONDS)).map(({ at }) => at);
    const end = (times[0] ?? NaN) + windows * windowMs;
    const counts = countsWhileDue(times, windowMs, (windowEnd) => windowEnd <= end).slice(1);
    const used = counts.reduce((sum, count) => sum + count, 0);
    return {
      shareAfterBurst: used / (requests * (windows - 1)),
      mostInAnyWindow: mostInAnyWindow(times, windowMs),
    };
  } finally {
    await prepared.end();
    await userLeap.end();
  }
}
