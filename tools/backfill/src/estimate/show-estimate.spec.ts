import { Estimator } from './estimate';
import { showEstimate } from './show-estimate';

const LIMIT = { requests: 1_000, windowMs: 300_000 };

function show(...types: readonly string[]): string {
  const estimator = Estimator.withDefaults(LIMIT, 1e9);
  for (const [index, type] of types.entries()) {
    const event = { type, messageId: `m${index}`, userId: `u${index}`, event: 'E', timestamp: '2025-03-01T00:00:00Z' };
    const place = index + 1;
    estimator.take({ kind: 'event', file: 0, place, text: JSON.stringify(event), event, at: 0 });
  }
  return showEstimate(estimator.end(), LIMIT, 'report.jsonl');
}

describe(showEstimate.name, () => {
  it('says whom it leaves out of requests and time', () => {
    expect(show('identify', 'track')).toMatch(/without Identify +1 {2}of these; up to two requests more each/);
    expect(show('identify', 'track')).toMatch(/time .* until all is delivered of users with an Identify$/m);
  });

  it('speaks of all where it knows all', () => {
    expect(show('identify')).toMatch(/time .* until all is delivered$/m);
  });
});
