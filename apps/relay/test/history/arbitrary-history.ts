import { array, boolean, constant, constantFrom, integer, oneof, record } from 'fast-check';
import type { Arbitrary } from 'fast-check';
import type { Weather } from './weather';
import { arbitraryWeather } from './weather';

export type CallKind = 'identify' | 'track' | 'alias' | 'delete';

export interface PlannedCall {
  readonly kind: CallKind;
  readonly userId: string;
  /** UserLeap refuses it, whoever its user is. */
  readonly isPoison: boolean;
  /** Of what means nothing to UserLeap. */
  readonly fillerBytes: number;
}

export type Action =
  | { readonly kind: 'calls'; readonly calls: readonly PlannedCall[] }
  | { readonly kind: 'pause' | 'resume' }
  /** The machine's clock is set. */
  | { readonly kind: 'clock'; readonly byMs: number }
  /** The process is stopped for a while, and goes on. */
  | { readonly kind: 'freeze'; readonly ms: number }
  /** The process dies, with something in flight if there soon is, and another one begins after a while. */
  | { readonly kind: 'kill'; readonly downMs: number };

export interface Step {
  readonly afterMs: number;
  readonly action: Action;
}

/** What happens to a relay in half an hour. */
export interface History {
  readonly rateLimit: string;
  readonly graceSeconds: number;
  readonly horizonMs: number;
  readonly parkedLimit: number;
  readonly steps: readonly Step[];
  readonly weather: readonly Weather[];
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const KILOBYTE = 1_024;

export const CUSTOMERS = ['anna', 'bert', 'cleo', 'dora', 'emil', 'fred', 'gina', 'hugo'];
/** Nobody ever identifies them. */
export const STRANGERS = ['stranger-1', 'stranger-2', 'stranger-3', 'stranger-4', 'stranger-5'];
/** UserLeap takes nothing of theirs. */
export const REFUSED = ['refused-1', 'refused-2'];
/** Who becomes somebody else: the old ids of Aliases. */
export const VISITORS = ['visitor-1', 'visitor-2', 'visitor-3'];

const RARELY = integer({ min: 0, max: 9 }).map((number) => number === 0);
const SMALL = constant(0);
const SIZE = oneof(
  { weight: 60, arbitrary: SMALL },
  { weight: 2, arbitrary: constantFrom(20 * KILOBYTE, 300 * KILOBYTE) },
);

function callsOf(kinds: readonly CallKind[], users: readonly string[]): Arbitrary<PlannedCall> {
  return record({
    kind: constantFrom(...kinds),
    userId: constantFrom(...users),
    isPoison: RARELY,
    fillerBytes: SIZE,
  });
}

const CALL = oneof(
  { weight: 30, arbitrary: callsOf(['track', 'track', 'identify'], CUSTOMERS) },
  { weight: 10, arbitrary: callsOf(['track'], STRANGERS) },
  { weight: 2, arbitrary: callsOf(['track', 'identify'], REFUSED) },
  { weight: 5, arbitrary: callsOf(['track', 'identify', 'alias'], VISITORS) },
  { weight: 1, arbitrary: callsOf(['delete'], [...CUSTOMERS, ...STRANGERS, ...VISITORS]) },
);

const FEW_CALLS = array(CALL, { minLength: 1, maxLength: 8, size: 'max' });
/** More of one user than goes out at once, or heavier than that. */
const MANY_OF_ONE = record({
  userId: constantFrom(...CUSTOMERS, ...STRANGERS),
  count: constantFrom(30, 600),
  isLarge: boolean(),
}).map(({ userId, count, isLarge }) => {
  const fillerBytes = isLarge ? Math.floor((3 * 1024 * KILOBYTE) / count) : 0;
  const call = { kind: 'track', userId, isPoison: false, fillerBytes } as const;
  return Array.from({ length: count }, (): PlannedCall => call);
});

const CLOCK_STEP = constantFrom(-3 * HOUR, -20 * MINUTE, -2 * MINUTE, -5 * SECOND, 5 * SECOND, 2 * MINUTE, 3 * HOUR);

const ACTION: Arbitrary<Action> = oneof(
  { weight: 100, arbitrary: FEW_CALLS.map((calls) => ({ kind: 'calls' as const, calls })) },
  { weight: 1, arbitrary: MANY_OF_ONE.map((calls) => ({ kind: 'calls' as const, calls })) },
  { weight: 2, arbitrary: constant({ kind: 'pause' as const }) },
  { weight: 4, arbitrary: constant({ kind: 'resume' as const }) },
  { weight: 4, arbitrary: CLOCK_STEP.map((byMs) => ({ kind: 'clock' as const, byMs })) },
  { weight: 2, arbitrary: constantFrom(2, 8, 90).map((s) => ({ kind: 'freeze' as const, ms: s * SECOND })) },
  { weight: 4, arbitrary: constantFrom(0, 1, 60).map((s) => ({ kind: 'kill' as const, downMs: s * SECOND })) },
);

const STEP = record({ afterMs: constantFrom(10, 200, 2 * SECOND, 10 * SECOND, 30 * SECOND), action: ACTION });

export const arbitraryHistory: Arbitrary<History> = record({
  rateLimit: constantFrom('20/10s', '60/60s', '150/300s'),
  graceSeconds: constantFrom(120, 900),
  horizonMs: constantFrom(5 * MINUTE, 20 * MINUTE),
  parkedLimit: constantFrom(100, 10_000),
  // The player ends with the half hour, wherever that is.
  steps: array(STEP, { minLength: 250, maxLength: 250, size: 'max' }),
  weather: arbitraryWeather,
});
