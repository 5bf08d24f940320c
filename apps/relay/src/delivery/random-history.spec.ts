import { sample } from 'fast-check';
import { arbitraryHistory } from '../../test/history/arbitrary-history';
import { judgeHistory } from '../../test/history/judge-history';
import { playHistory } from '../../test/history/play-history';

// `SEEDS=100` for more than everybody has to wait for; `SEEDS=7-7` for one of them.
const [first = 1, last = first] = readSeeds(process.env.SEEDS ?? '3');
const SEEDS = Array.from({ length: last - first + 1 }, (_, index) => first + index);

describe('half an hour with strangers, refusals, pauses, clock steps, rate limits, large events and kills', () => {
  it.each(SEEDS)(
    'loses nothing, keeps order and limit, and never stands still (seed %d)',
    async (seed) => {
      const [history] = sample(arbitraryHistory, { seed, numRuns: 1 });
      if (!history) throw new Error('no history was made');
      const played = await playHistory(history, seed);
      expect(judgeHistory(history, played).slice(0, 20)).toEqual([]);
    },
    120_000,
  );
});

function readSeeds(text: string): readonly number[] {
  const numbers = text.split('-').map(Number);
  return numbers.length === 1 ? [1, ...numbers] : numbers;
}
