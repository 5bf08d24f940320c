import { expectedLinesByUser, linesByUser } from './compare-requests';
import { expectedBatchVerdict, expectedSingleVerdict, expectedText } from './expected-verdict';
import type { FunctionForm, PlayedOnFunction } from './play-on-function';
import type { ExpectedOutcome, Vector } from './vector';

/** Compares what came of a vector on the Function with what the vector promises. For jest. */
export function expectOnFunction(played: PlayedOnFunction, { expect: promised }: Vector, form: FunctionForm): void {
  const { requests, verdicts, console } = played;
  expect(linesByUser(requests)).toEqual(expectedLinesByUser(promised.requests));
  expect(verdicts).toEqual(promised.outcomes.map((outcome) => expectedVerdict(outcome, form)));
  const warnings = promised.outcomes.flatMap((outcome) => outcome.warnings ?? []);
  expect(console).toEqual(warnings.map(({ trait, code }) => `left out: ${trait} (${code})`));
}

function expectedVerdict(outcome: ExpectedOutcome, { calls }: FunctionForm): Record<string, unknown> {
  const verdict = calls === 'batch' ? expectedBatchVerdict(outcome) : expectedSingleVerdict(outcome);
  return verdict.verdict === 'delivered' ? verdict : { ...verdict, message: expectedText(outcome) };
}
