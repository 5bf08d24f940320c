import { readMinified } from '../function/function-code';
import type { Benchmark, Report } from '../report/benchmark';
import { median } from '../report/percentile';
import { atMost } from '../report/target';
import { measureFunctionBatch } from './measure-function-batch';
import { measureRelayBatches } from './measure-relay-batches';

const FUNCTION_ROUNDS = 11;
const RELAY_ROUNDS = 3;
const URL_LENGTHS = [120, 300, 4_000];

/** What page rules cost. */
export const pages: Benchmark = { name: 'pages', run };

interface Costs {
  readonly without: number;
  readonly with: number;
}

async function run(): Promise<Report> {
  const { code } = readMinified();
  const batches: (Costs & { readonly urlLength: number })[] = [];
  for (const urlLength of URL_LENGTHS) {
    const measure = (withRules: boolean): Promise<number> => measureFunctionBatch(code, urlLength, withRules);
    batches.push({ urlLength, ...(await compare(measure, FUNCTION_ROUNDS)) });
  }
  const relay = await compare(measureRelayBatches, RELAY_ROUNDS);
  return {
    tables: [
      {
        title: "pages: a new Function's first batch of 400, CPU ms, medians",
        rows: batches.map((costs) => ({
          'URL characters': costs.urlLength,
          'no rules': costs.without,
          '100 rules': costs.with,
        })),
      },
      {
        title: 'pages: batches of 100 with URLs of 4,000 characters through the relay, CPU ms, medians',
        rows: [{ 'no rules': relay.without, '100 rules': relay.with, ratio: relay.with / relay.without }],
      },
    ],
    targets: [
      ...batches.map((costs) =>
        atMost(`CPU ms of 400 Pages in a new Function, URLs of ${costs.urlLength}`, costs.with, 100),
      ),
      atMost('CPU of 100 rules ÷ none, a batch of 100 Pages through the relay', relay.with / relay.without, 3),
    ],
  };
}

/** In turn, so that a slow spell of the machine falls on both. */
async function compare(measure: (withRules: boolean) => Promise<number>, rounds: number): Promise<Costs> {
  const costs: { readonly without: number; readonly with: number }[] = [];
  for (let round = 0; round < rounds; round++) {
    costs.push({ without: await measure(false), with: await measure(true) });
  }
  return { without: median(costs.map((cost) => cost.without)), with: median(costs.map((cost) => cost.with)) };
}
