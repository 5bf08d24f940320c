import fc from 'fast-check';
import { arbitrarySequence } from '../src/sequences/arbitrary-sequence';
import { playInBatches, playOneByOne } from '../src/sequences/play-sequence';

// `SEQUENCES=2000` for more than everybody has to wait for.
const COUNT = Number(process.env.SEQUENCES ?? 300);

describe('calls of users that are aliased and deleted, in batches cut anywhere, with failures', () => {
  it('end as the same calls one by one', async () => {
    for (const sequence of fc.sample(arbitrarySequence, { seed: 20261130, numRuns: COUNT })) {
      const [expected, end] = [await playOneByOne(sequence), await playInBatches(sequence)];
      expect({ sequence, end }).toEqual({ sequence, end: expected });
    }
  }, 300_000);
});
