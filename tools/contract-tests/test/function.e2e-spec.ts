import { isEventType } from '@segment-userleap/segment-events';
import { expectedLinesByUser, linesByUser } from '../src/compare-requests';
import { expectedBatchVerdict, expectedSingleVerdict, expectedText } from '../src/expected-verdict';
import { loadVectors } from '../src/load-vectors';
import { playOnFunction } from '../src/play-on-function';
import type { FunctionForm } from '../src/play-on-function';
import type { ExpectedOutcome, Vector } from '../src/vector';

const FORMS: readonly FunctionForm[] = [
  { file: 'userleap.js', loader: 'wrapper', eventRealm: 'inside', calls: 'batch' },
  { file: 'userleap.min.js', loader: 'script', eventRealm: 'outside', calls: 'batch' },
  { file: 'userleap.js', loader: 'script', eventRealm: 'outside', calls: 'single' },
  { file: 'userleap.min.js', loader: 'wrapper', eventRealm: 'inside', calls: 'single' },
];

const vectors = loadVectors().filter(({ skip = [] }) => !skip.some(({ host }) => host === 'function'));

describe.each(FORMS)('contract vectors on $file ($loader, event from $eventRealm, $calls)', (form) => {
  const playable = vectors.filter((vector) => form.calls === 'batch' || isForOneHandler(vector));

  it.each(playable.map((vector) => [vector.name, vector] as const))('%s', async (_, vector) => {
    const { requests, verdicts, console } = await playOnFunction(vector, form);
    expect(linesByUser(requests)).toEqual(expectedLinesByUser(vector.expect.requests));
    expect(verdicts).toEqual(vector.expect.outcomes.map((outcome) => expectedVerdict(outcome, form)));
    const warnings = vector.expect.outcomes.flatMap((outcome) => outcome.warnings ?? []);
    expect(console).toEqual(warnings.map(({ trait, code }) => `left out: ${trait} (${code})`));
  });
});

/** Single calls do not coalesce, and Segment has no handler for an event of no type. */
function isForOneHandler({ events }: Vector): boolean {
  const [event] = events;
  return (
    events.length === 1 && typeof event === 'object' && event !== null && 'type' in event && isEventType(event.type)
  );
}

function expectedVerdict(outcome: ExpectedOutcome, { calls }: FunctionForm): Record<string, unknown> {
  const verdict = calls === 'batch' ? expectedBatchVerdict(outcome) : expectedSingleVerdict(outcome);
  return verdict.verdict === 'delivered' ? verdict : { ...verdict, message: expectedText(outcome) };
}
