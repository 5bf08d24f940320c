import { makeHistory } from '../src/history/make-history';
import { playHistory } from '../src/history/play-history';

// `HISTORY=50000/500` for more than everybody has to wait for; `HISTORY_RELAYS=3` on PostgreSQL; `HISTORY_SEED=2` for another.
// `HISTORY_MAIN=…/dist/apps/relay/main.js` plays it on another build, to compare: it prints how much is wrong.
const { HISTORY = '2000/50', HISTORY_RELAYS = '1', HISTORY_SEED = '1', HISTORY_MAIN } = process.env;
const TIME_LIMIT_MS = 1_800_000;

describe('users whose Identifies arrive in any order, are tried again, replayed, and lose their relay', () => {
  it(
    'have of each attribute the value with the newest time',
    async () => {
      const [calls = 0, users = 0] = HISTORY.split('/').map(Number);
      const events = makeHistory(calls, users, Number(HISTORY_SEED));
      const result = await playHistory({
        events,
        replicas: Number(HISTORY_RELAYS),
        seconds: TIME_LIMIT_MS / 2_000,
        ...(HISTORY_MAIN === undefined ? {} : { main: HISTORY_MAIN }),
      });
      const { wrong, attributes, requests, replayed } = result;
      if (process.env['HISTORY'] !== undefined || HISTORY_MAIN !== undefined) {
        process.stderr.write(
          `${events.length} Identifies of ${users} users: ${wrong.length} of ${attributes} attributes wrong, ` +
            `${requests} requests, ${replayed} dead letters replayed\n`,
        );
      }
      expect(replayed).toBeGreaterThan(0);
      expect(wrong).toEqual([]);
    },
    TIME_LIMIT_MS,
  );
});
