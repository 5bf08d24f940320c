import type { Benchmark, Report } from '../report/benchmark';
import { median } from '../report/percentile';
import type { Row } from '../report/table';
import { atMost } from '../report/target';
import { readByHand, readMinified, readReadable } from './function-code';
import { measureCalls } from './measure-calls';
import type { CallCosts } from './measure-calls';
import { measureLoading } from './measure-loading';
import type { CallSize } from './play-events';

const ROUNDS = 5;
const SIZES: readonly CallSize[] = ['single', 20, 400];

/** The built Function beside one that was written by hand and sends a request for each event. */
export const functionCosts: Benchmark = { name: 'function', run };

async function run(): Promise<Report> {
  const [readable, minified, byHand] = [readReadable(), readMinified(), readByHand()];
  const loading = {
    readable: await measureLoading(readable),
    minified: await measureLoading(minified),
    byHand: await measureLoading(byHand),
  };
  const calls: { readonly row: Row; readonly cpuMs: number }[] = [];
  for (const size of SIZES) calls.push(await compareCalls(readable.code, byHand.code, size));
  return {
    tables: [
      {
        title: 'function: CPU time of a new instance, medians of 100',
        rows: Object.values(loading).map(({ row }) => row),
      },
      { title: `function: 4,000 events of 1,000 users, median of ${ROUNDS} rounds`, rows: calls.map(({ row }) => row) },
    ],
    targets: [
      atMost('load userleap.js, CPU ms', loading.readable.loadMs, 15),
      atMost('load userleap.min.js, CPU ms', loading.minified.loadMs, 15),
      atMost("an event's own CPU ms, the dearest kind of call", Math.max(...calls.map(({ cpuMs }) => cpuMs)), 1),
    ],
  };
}

/** In turn, so that a slow spell of the machine falls on both. */
async function compareCalls(ours: string, byHand: string, size: CallSize): Promise<{ row: Row; cpuMs: number }> {
  const rounds: { readonly ours: CallCosts; readonly byHand: CallCosts }[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    rounds.push({ ours: await measureCalls(ours, size), byHand: await measureCalls(byHand, size) });
  }
  const of = (side: 'ours' | 'byHand', cost: keyof CallCosts): number =>
    median(rounds.map((round) => round[side][cost]));
  const cpuMs = of('ours', 'cpuMsPerEvent');
  return {
    cpuMs,
    row: {
      call: size === 'single' ? 'single events' : `batches of ${size}`,
      'CPU ms an event': cpuMs,
      'by hand: CPU ms': of('byHand', 'cpuMsPerEvent'),
      requests: of('ours', 'requests'),
      'by hand: requests': of('byHand', 'requests'),
    },
  };
}
