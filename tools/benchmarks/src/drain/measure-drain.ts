import { startFakeUserLeap } from '../userleap/fake-userleap';
import type { Competitor } from './competitor';

const PATIENCE_SECONDS = 300;

export interface DrainPlan {
  readonly users: number;
  /** How long each answer of UserLeap takes. */
  readonly answerMs: number;
}

/** Requests/s from the first to the last request of a backlog, one for each user. */
export async function measureDrain(competitor: Competitor, { users, answerMs }: DrainPlan): Promise<number> {
  const userLeap = await startFakeUserLeap(answerMs);
  const prepared = await competitor.prepare(users, userLeap.url);
  try {
    await prepared.begin();
    const arrivals = await userLeap.arrivals({ requests: users }, PATIENCE_SECONDS);
    const seen = new Set(arrivals.map(({ userId }) => userId)).size;
    if (seen !== users) throw new Error(`${competitor.name}: expected ${users} users, got ${seen}`);
    const [first = NaN, last = NaN] = [arrivals[0]?.at, arrivals.at(-1)?.at];
    return ((arrivals.length - 1) / (last - first)) * 1000;
  } finally {
    await prepared.end();
    await userLeap.end();
  }
}
