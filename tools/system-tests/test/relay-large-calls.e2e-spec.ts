import { runLargeCalls } from '../src/large-calls/large-calls';

const SHAPES = [
  // Rejected, and only their beginnings kept.
  'context of 400 KB, 1,000 events',
  // A few users' lanes of large events.
  'webhook of 5 MB, br',
];

describe('the relay, under the largest calls that it takes', () => {
  it('takes them, finds them again after it was killed, and delivers them', async () => {
    const results = await runLargeCalls({ calls: 6, only: SHAPES });
    const expected = { taken: 6, turnedAway: 0, violations: [] };
    expect(results).toMatchObject(SHAPES.map((name) => ({ name, ...expected })));
  });
});
