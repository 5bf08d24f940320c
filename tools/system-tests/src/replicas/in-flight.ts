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

// Places in the budget that become free one by one go to whoever asks first: a replica without any of so many is out of luck
// once in 600 times.
const BEGUN_ONE_BY_ONE = 16;
const APART_MS = 50;

/**
 * Resolves once so many requests are in flight that began one by one that each replica has some of them. Those that began
 * together may be one replica's alone.
 */
export function untilShared(sandbox: Sandbox): Promise<true> {
  return until('requests of every replica in flight', () => {
    const begun = sandbox
      .requests()
      .filter(({ endedAt }) => endedAt === null)
      .map(({ receivedAt }) => Date.parse(receivedAt));
    const apart = begun.filter((time, at) => time - (begun[at - 1] ?? -Infinity) >= APART_MS);
    return apart.length >= BEGUN_ONE_BY_ONE ? true : undefined;
  });
}
