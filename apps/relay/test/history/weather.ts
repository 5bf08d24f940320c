import { array, constant, constantFrom, integer, oneof, record } from 'fast-check';
import type { Arbitrary } from 'fast-check';
import type { UserLeapReply } from '@segment-userleap/userleap-api';

/** How UserLeap is for a while. */
export interface Weather {
  readonly lastsMs: number;
  readonly latencyMs: number;
  /** How many of ten requests it hits. */
  readonly hits: number;
  /** What those come to, apart from being served; undefined: they are served. */
  readonly trouble: UserLeapReply | undefined;
  /** Whether UserLeap has done what it was asked to, although the answer is lost. */
  readonly isServed: boolean;
}

const FINE = { latencyMs: 100, hits: 0, trouble: undefined, isServed: true } as const;

/** Once the history is over. */
export const CALM: Weather = { ...FINE, lastsMs: Infinity };

type Kind = Partial<Omit<Weather, 'lastsMs'>>;

const status = (code: number, headers: Readonly<Record<string, string>> = {}): UserLeapReply => {
  return { status: code, headers, body: '' };
};

const STORM_HEADERS = [
  {},
  { 'retry-after': '0' },
  { 'retry-after': '7' },
  { 'retry-after': '45' },
  { 'ratelimit-reset': '5' },
];

const KINDS: Arbitrary<Kind> = oneof(
  { weight: 8, arbitrary: constantFrom<Kind[]>({}, { latencyMs: 20 }, { latencyMs: 700 }) },
  { weight: 2, arbitrary: constantFrom<Kind[]>({ latencyMs: 4_000 }, { latencyMs: 14_000 }) },
  { weight: 3, arbitrary: constantFrom(...[500, 502, 503].map((code): Kind => ({ trouble: status(code) }))) },
  { weight: 3, arbitrary: constantFrom(...STORM_HEADERS.map((headers): Kind => ({ trouble: status(429, headers) }))) },
  { weight: 1, arbitrary: constant<Kind>({ trouble: status(503, { 'retry-after': '20' }) }) },
  { weight: 1, arbitrary: constantFrom<Kind[]>({ trouble: status(401), hits: 10 }) },
  { weight: 2, arbitrary: lost('timeout', 15_000) },
  { weight: 2, arbitrary: lost('network_failure', 50) },
);

function lost(failure: 'timeout' | 'network_failure', latencyMs: number): Arbitrary<Kind> {
  return constantFrom<Kind[]>(...[true, false].map((isServed) => ({ trouble: { failure }, latencyMs, isServed })));
}

export const arbitraryWeather: Arbitrary<readonly Weather[]> = array(
  record({ seconds: constantFrom(3, 20, 60, 180), hits: integer({ min: 2, max: 10 }), kind: KINDS }).map(
    ({ seconds, hits, kind }): Weather => {
      const isServed = kind.trouble === undefined;
      return { ...FINE, hits, isServed, ...kind, lastsMs: seconds * 1_000 };
    },
  ),
  { minLength: 40, maxLength: 40, size: 'max' },
);
