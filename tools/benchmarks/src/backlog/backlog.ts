import { withTemporaryFolder } from '../processes/temporary-folder';
import type { Benchmark, Report } from '../report/benchmark';
import type { Row } from '../report/table';
import { atMost } from '../report/target';
import { fillStore } from './fill-store';
import { measureStart } from './measure-start';
import type { StartFigures } from './measure-start';

const BACKLOG = { events: 1_000_000, users: 200_000 };
// The second shows the relay's memory while it delivers as fast as it can.
const REQUESTS_PER_WINDOW = [1_000, 1_000_000];

/** What a start costs when a million events wait. */
export const backlog: Benchmark = { name: 'backlog', run };

function run(): Promise<Report> {
  return withTemporaryFolder(async (folder) => {
    const { eventsPerSecond, megabytes } = await fillStore(folder, BACKLOG);
    const starts: (StartFigures & { requestsPerWindow: number })[] = [];
    for (const requestsPerWindow of REQUESTS_PER_WINDOW) {
      starts.push({ requestsPerWindow, ...(await measureStart(folder, requestsPerWindow)) });
    }
    return {
      tables: [
        {
          title: 'backlog: filling the store',
          rows: [{ ...BACKLOG, 'events/s': eventsPerSecond, 'store MB': megabytes }],
        },
        { title: 'backlog: starting on it', rows: starts.map(rowOf) },
      ],
      targets: [
        atMost('seconds from start to the first request', max(starts.map((start) => start.secondsToFirstRequest)), 2),
        atMost('resident memory at most, MB', max(starts.map((start) => start.megabytesAtMost)), 300),
      ],
    };
  });
}

function rowOf(start: StartFigures & { requestsPerWindow: number }): Row {
  return {
    'limit per 300 s': start.requestsPerWindow,
    'first request after s': start.secondsToFirstRequest,
    'MB then': start.megabytesThen,
    'MB 30 s later': start.megabytesLater,
    'MB at most': start.megabytesAtMost,
    'requests by then': start.requests,
  };
}

function max(values: readonly number[]): number {
  return Math.max(...values);
}
