import type { RecordedRequest, Sandbox } from '@segment-userleap/userleap-sandbox';
import { until } from '@segment-userleap/relay-driver';
import { REPLICAS } from './replicas';

/** So many turns a replica has in flight at a destination at most. */
const MOST_TURNS = 8;

/** Resolves with what UserLeap has not answered yet, once it is so much that none of the replicas can be without. */
export function untilAllBusy(sandbox: Sandbox): Promise<readonly RecordedRequest[]> {
  return until('every replica to have something in flight', () => {
    const inFlight = sandbox.requests().filter(({ endedAt }) => endedAt === null);
    return inFlight.length > MOST_TURNS * (REPLICAS - 1) ? inFlight : undefined;
  });
}
