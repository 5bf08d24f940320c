import type { RecordedRequest } from '@segment-userleap/userleap-sandbox';

/** A sandbox's rate limit. */
export interface RateLimit {
  readonly requests: number;
  readonly windowMs: number;
}

/** Epoch milliseconds. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** How the budget was used while a process of the relay ran. */
export interface BudgetUse {
  readonly requests: number;
  /** What UserLeap would have answered 429. */
  readonly rateLimited: number;
  /** Of what the spans allow in all, in per cent. */
  readonly percent: number;
}

export function measureBudgetUse(
  requests: readonly RecordedRequest[],
  spans: readonly Span[],
  limit: RateLimit,
): BudgetUse {
  const windows = spans.map(({ from, to }) => (to - from) / limit.windowMs);
  const inSpans = requests.filter(({ receivedAt }) => {
    const at = Date.parse(receivedAt);
    return spans.some(({ from, to }) => from <= at && at <= to);
  });
  return {
    requests: inSpans.length,
    rateLimited: requests.filter(({ rateLimited }) => rateLimited).length,
    percent: Math.round((100 * inSpans.length) / (sum(windows) * limit.requests)),
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
