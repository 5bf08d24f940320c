import { gatherBatches } from './gather-batches';
import type { TraceEvent } from './trace';

describe(gatherBatches.name, () => {
  it('sends what happened in a moment at its end, in order, and nothing where nothing happened', () => {
    const trace: readonly TraceEvent[] = [0, 199, 200, 900].map((at) => ({ at, user: 1, type: 'track' }));
    const batches = gatherBatches(trace, 200);
    expect(batches.map(({ at, events }) => [at, ...events.map((event) => event.at)])).toEqual([
      [200, 0, 199],
      [400, 200],
      [1000, 900],
    ]);
  });
});
