import fc from 'fast-check';
import { arbitrarySequence } from '../src/sequences/arbitrary-sequence';
import type { Sequence } from '../src/sequences/arbitrary-sequence';
import type { EndState } from '../src/sequences/end-state';
import { playInBatches, playOneByOne } from '../src/sequences/play-sequence';
import { SequencesOnFunction } from '../src/sequences/sequences-on-function';

// `SEQUENCES=2000` for more than everybody has to wait for.
const { SEQUENCES } = process.env;
const TIME_LIMIT_MS = 600_000;

describe('calls of users that are aliased and deleted, in batches cut anywhere, with failures, end as the same calls one by one', () => {
  // Of the same sequences, for both.
  const expected: EndState[] = [];
  const expectSameEnd = async (count: number, play: (sequence: Sequence) => Promise<EndState>): Promise<void> => {
    const sequences = fc.sample(arbitrarySequence, { seed: 20261130, numRuns: Number(SEQUENCES ?? count) });
    for (const [number, sequence] of sequences.entries()) {
      const end = await play(sequence);
      expect({ sequence, end }).toEqual({ sequence, end: (expected[number] ??= await playOneByOne(sequence)) });
    }
  };

  it('on the libraries', () => expectSameEnd(300, playInBatches), TIME_LIMIT_MS);

  it(
    'on the built Function',
    async () => {
      const built = await SequencesOnFunction.start();
      await expectSameEnd(100, (sequence) => built.play(sequence)).finally(() => built.stop());
    },
    TIME_LIMIT_MS,
  );
});
