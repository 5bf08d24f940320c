import { SeededRandom } from '@segment-userleap/relay-driver';
import type { TracedCall } from '../coalescing/play-calls';

export interface LiveTraffic {
  /** Calls at random times. */
  readonly calls: number;
  /** Of users with numbers in between: others than those of the history, whose old events would go along. */
  readonly users: readonly [first: number, last: number];
  readonly durationMs: number;
  /** Each so many milliseconds so many users do something at the same moment. */
  readonly burst: { readonly everyMs: number; readonly users: number };
  readonly seed: number;
  /** Epoch milliseconds. */
  readonly start: number;
}

const YEAR_MS = 365 * 24 * 3_600_000;

/** Identifies that say something new each, of users at random, and bursts of them. */
export function liveCalls({ calls, users, durationMs, burst, seed, start }: LiveTraffic): readonly TracedCall[] {
  const random = new SeededRandom(seed);
  const times = Array.from({ length: calls }, () => random.between(0, durationMs));
  for (let at = burst.everyMs; at < durationMs; at += burst.everyMs) {
    times.push(...Array.from({ length: burst.users }, () => at));
  }
  times.sort((one, other) => one - other);
  return times.map((at, index) => {
    return { at, event: identify(`live${index}`, random.between(...users), start + at) };
  });
}

/** The history of users, handed over at the start. */
export function oldCalls(users: number, events: number, start: number): readonly TracedCall[] {
  return Array.from({ length: users * events }, (_, index) => {
    const at = start - YEAR_MS + index * 1_000;
    return { at: 0, event: identify(`old${index}`, 1 + (index % users), at), isBackfilled: true };
  });
}

function identify(messageId: string, user: number, at: number): Readonly<Record<string, unknown>> {
  const timestamp = new Date(at).toISOString();
  return { type: 'identify', messageId, userId: `user-${user}`, timestamp, traits: { [`step${at % 50}`]: messageId } };
}
