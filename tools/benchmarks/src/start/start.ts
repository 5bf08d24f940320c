import { RELAY } from '@segment-userleap/relay-driver';
import type { Benchmark, Report } from '../report/benchmark';
import { median } from '../report/percentile';
import type { Row } from '../report/table';
import { atMost } from '../report/target';
import type { Target } from '../report/target';
import { measureStart } from './measure-start';
import type { StartFigures } from './measure-start';

const STARTS = 9;
const MOST_SECONDS = 0.5;
const MOST_MEGABYTES = 110;

/** What a relay costs before it has anything to do. */
export const start: Benchmark = { name: 'start', run };

async function run(): Promise<Report> {
  // Another build's main.js, to compare with: the two take turns.
  const other = process.env.OTHER_RELAY;
  await measureStart(RELAY); // from now on its files are in memory
  const ours: StartFigures[] = [];
  const theirs: StartFigures[] = [];
  for (let turn = 0; turn < STARTS; turn++) {
    ours.push(await measureStart(RELAY));
    if (other !== undefined) theirs.push(await measureStart(other));
  }
  const rows = [rowOf('this build', ours), ...(other === undefined ? [] : [rowOf('the other', theirs)])];
  return {
    tables: [{ title: `start: ${STARTS} starts on an empty store, medians`, rows }],
    targets:
      other === undefined
        ? [
            atMost('seconds until it is ready', medianOf(ours, 'seconds'), MOST_SECONDS),
            atMost('resident memory when idle, MB', medianOf(ours, 'idleMegabytes'), MOST_MEGABYTES),
          ]
        : [
            ratio('time until it is ready', ours, theirs, 'seconds', 0.5),
            ratio('CPU time until then', ours, theirs, 'cpuSeconds', 0.5),
            ratio('resident memory when idle', ours, theirs, 'idleMegabytes', 0.65),
          ],
  };
}

function rowOf(build: string, starts: readonly StartFigures[]): Row {
  return {
    build,
    'seconds until ready': medianOf(starts, 'seconds'),
    'CPU seconds until then': medianOf(starts, 'cpuSeconds'),
    'MB when idle': medianOf(starts, 'idleMegabytes'),
  };
}

function medianOf(starts: readonly StartFigures[], figure: keyof StartFigures): number {
  return median(starts.map((one) => one[figure]));
}

/** Of each pair that ran one after the other: the machine may have been slower at another time. */
function ratio(
  claim: string,
  ours: readonly StartFigures[],
  theirs: readonly StartFigures[],
  figure: keyof StartFigures,
  limit: number,
): Target {
  const ratios = ours.map((one, turn) => one[figure] / (theirs[turn]?.[figure] ?? NaN));
  return atMost(`${claim}, share of the other's`, median(ratios), limit);
}
