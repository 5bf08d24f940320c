import { withTemporaryFolder } from '@segment-userleap/relay-driver';
import type { Benchmark, Report } from '../report/benchmark';
import { median } from '../report/percentile';
import type { Row } from '../report/table';
import { atMost } from '../report/target';
import { compareBacklogs } from './compare-backlogs';
import { fillStore } from './fill-store';
import { measureEmptyStart, measureStart } from './measure-start';
import type { StartFigures } from './measure-start';

const BACKLOG = { events: 1_000_000, users: 200_000 };
const STARTS = 5;
const WATCHED_SECONDS = 30;
const LIMIT = 1_000;
// Shows the relay's memory while it delivers as fast as it can.
const NO_LIMIT = 1_000_000;

/** What a start, a lease and a settlement cost when a million events wait. */
export const backlog: Benchmark = { name: 'backlog', run };

async function run(): Promise<Report> {
  const [starts, leases] = [await measureStarts(), await compareBacklogs()];
  return { tables: [...starts.tables, ...leases.tables], targets: [...starts.targets, ...leases.targets] };
}

function measureStarts(): Promise<Report> {
  return withTemporaryFolder(async (folder) => {
    const { eventsPerSecond, megabytes } = await fillStore(folder, BACKLOG);
    const empty: number[] = [];
    const first: number[] = [];
    for (let start = 0; start < STARTS; start++) {
      empty.push(await measureEmptyStart());
      first.push((await measureStart(folder, LIMIT, 0)).secondsToFirstRequest);
    }
    const watched: StartFigures[] = [];
    for (const limit of [LIMIT, NO_LIMIT]) watched.push(await measureStart(folder, limit, WATCHED_SECONDS));

    const filling = { ...BACKLOG, 'events/s': eventsPerSecond, 'store MB': megabytes };
    const starting = [
      { start: 'until an empty relay listens', 'median s': median(empty), 'longest s': Math.max(...empty) },
      { start: 'until the first request of the backlog', 'median s': median(first), 'longest s': Math.max(...first) },
    ];
    return {
      tables: [
        { title: 'backlog: filling the store', rows: [filling] },
        { title: `backlog: ${STARTS} starts`, rows: starting },
        { title: 'backlog: memory while it is delivered', rows: watched.map(rowOf) },
      ],
      targets: [
        atMost('seconds from start to the first request, median', median(first), 2),
        atMost('resident memory at most, MB', Math.max(...watched.map((start) => start.megabytesAtMost)), 300),
      ],
    };
  });
}

function rowOf(start: StartFigures): Row {
  return {
    'limit per 300 s': start.requestsPerWindow,
    'MB at the first request': start.megabytesThen,
    [`MB ${WATCHED_SECONDS} s later`]: start.megabytesLater,
    'MB at most': start.megabytesAtMost,
    'requests by then': start.requests,
  };
}
