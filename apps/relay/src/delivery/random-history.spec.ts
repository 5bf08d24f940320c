import { sample } from 'fast-check';
import { arbitraryHistory } from '../../test/history/arbitrary-history';
import { judgeHistory } from '../../test/history/judge-history';
import { playHistory } from '../../test/history/play-history';

// `SEEDS=100` for more than everybody has to wait for.
const COUNT = Number(process.env.SEEDS ?? 1);
const TIME_LIMIT_MS = 120_000;

describe('half an hour with strangers, refusals, pauses, clock steps, rate limits, large events and kills', () => {
  it.each(Array.from({ length: COUNT }, (_, index) => index + 1))(
    'loses nothing, keeps order and limit, and never stands still (seed %d)',
    async (seed) => {
      for (const history of sample(arbitraryHistory, { seed, numRuns: 1 })) {
        const played = await playHistory(history, seed);
        expect(judgeHistory(history, played)).toEqual([]);
      }
    },
    TIME_LIMIT_MS,
  );
});
