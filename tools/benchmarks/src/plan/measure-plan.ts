import { countsWhileDue, mostInAnyWindow } from '../coalescing/budget-use';
import type { RateLimit } from '../coalescing/rate-limit';
import { prepareRelays } from '../drain/prepare-relays';
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

/** What one relay sends while more waits than its plan allows; `store` says where its store is. */
export async function measurePlan(
  store: Readonly<Record<string, string>>,
  { plan: { requests, windowMs }, answerMs, windows }: PlanTrial,
): Promise<PlanUse> {
  const userLeap = await startFakeUserLeap(answerMs);
  const limit = { USERLEAP_ENDPOINT: userLeap.url, USERLEAP_RATE_LIMIT: `${requests}/${windowMs / 1_000}s` };
  const users = requests * windows + SPARE_USERS;
  const relay = await prepareRelays({ replicas: 1, env: { ...store, ...limit } }, users);
  try {
    await relay.begin();
    await userLeap.arrivals({ requests: 1 }, PATIENCE_SECONDS);
    await new Promise((resolve) => setTimeout(resolve, windows * windowMs));
    const times = (await userLeap.arrivals({ requests: 0 }, PATIENCE_SECONDS)).map(({ at }) => at);
    const end = (times[0] ?? NaN) + windows * windowMs;
    const counts = countsWhileDue(times, windowMs, (windowEnd) => windowEnd <= end);
    const afterBurst = counts.slice(1).reduce((sum, count) => sum + count, 0);
    return {
      shareAfterBurst: afterBurst / (requests * (windows - 1)),
      mostInAnyWindow: mostInAnyWindow(times, windowMs),
    };
  } finally {
    await relay.end();
    await userLeap.end();
  }
}
