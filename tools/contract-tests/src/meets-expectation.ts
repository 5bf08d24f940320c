import type { Outcome } from '@segment-userleap/mapping';
import type { RecordedRequest } from '@segment-userleap/userleap-sandbox';
import { isDeepStrictEqual } from 'node:util';
import { expectedLinesByUser, linesByUser } from './compare-requests';
import type { ExpectedOutcome, Vector } from './vector';

/** True if the libraries did what a vector promises: the rules of `libs.e2e-spec.ts`, for whoever asks thousands of times. */
export function meetsExpectation(
  { expect }: Pick<Vector, 'expect'>,
  { requests, outcomes }: { readonly requests: readonly RecordedRequest[]; readonly outcomes: readonly Outcome[] },
): boolean {
  return (
    isDeepStrictEqual(linesByUser(requests), expectedLinesByUser(expect.requests)) &&
    outcomes.length === expect.outcomes.length &&
    expect.outcomes.every((expected, index) => isOutcome(outcomes[index], expected))
  );
}

function isOutcome(actual: Outcome | undefined, expected: ExpectedOutcome): boolean {
  const message = actual !== undefined && 'message' in actual ? actual.message : undefined;
  // Any sentence will do where none is promised, but there has to be one.
  if (expected.outcome !== 'delivered' && typeof message !== 'string') return false;
  const promised = { ...(message === undefined ? {} : { message }), warnings: [], ...expected };
  return isDeepStrictEqual(withoutUndefined(actual), promised);
}

function withoutUndefined(outcome: Outcome | undefined): unknown {
  return Object.fromEntries(Object.entries(outcome ?? {}).filter(([, value]) => value !== undefined));
}
