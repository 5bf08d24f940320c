import type { ServerProcess } from '@segment-userleap/relay-driver';
import { startFakeUserLeap } from '../userleap/fake-userleap';
import { sendEvenly } from './send-evenly';

// 100 calls a second.
const CALLS = { calls: 1_000, everyMs: 10 };
const WARM_UP = 100;
const PATIENCE_SECONDS = 60;

/** Milliseconds from the answer of each call to the arrival of its request at UserLeap. */
export async function measureLatencies(
  start: (userLeap: string) => Promise<ServerProcess>,
  answerMs: number,
): Promise<readonly number[]> {
  const userLeap = await startFakeUserLeap(answerMs);
  const server = await start(userLeap.url);
  try {
    const answeredAt = await sendEvenly(server.url, CALLS);
    const arrivals = await userLeap.arrivals({ requests: CALLS.calls }, PATIENCE_SECONDS);
    return arrivals.slice(WARM_UP).map(({ userId, at }) => at - (answeredAt.get(userId) ?? NaN));
  } finally {
    await server.end('SIGTERM');
    await userLeap.end();
  }
}
