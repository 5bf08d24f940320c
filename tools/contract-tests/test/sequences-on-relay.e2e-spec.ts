import fc from 'fast-check';
import { arbitrarySequence } from '../src/sequences/arbitrary-sequence';
import { playOneByOne } from '../src/sequences/play-sequence';
import { nameUsers, playOnRelay } from '../src/sequences/sequences-on-relay';

// `SEQUENCES=2000` for more than everybody has to wait for.
const COUNT = Number(process.env.SEQUENCES ?? 60);

describe('calls of users that are aliased and deleted, on a relay that is killed on the way', () => {
  it(
    'end as the same calls one by one',
    async () => {
      const sequences = fc.sample(arbitrarySequence, { seed: 20261130, numRuns: COUNT });
      const ends = await playOnRelay(sequences);
      for (const [number, sequence] of sequences.entries()) {
        const expected = await playOneByOne(nameUsers(sequence, number));
        expect({ sequence, number, end: ends[number] }).toEqual({ sequence, number, end: expected });
      }
    },
    120_000 + COUNT * 1_000,
  );
});
