import { formatNumber } from '../report/table';
import type { Table } from '../report/table';
import { median } from '../report/percentile';
import type { Competitor } from './competitor';
import { measureDrain } from './measure-drain';
import type { DrainPlan } from './measure-drain';

/** Requests/s of each competitor. */
export interface Rates {
  readonly table: Table;
  readonly medianOf: (competitor: Competitor) => number;
}

/** Measures them in turn, so that a slow spell of the machine falls on all. Tells of each run when it is over. */
export async function measureInTurn(
  competitors: readonly Competitor[],
  plan: DrainPlan,
  rounds: number,
): Promise<Rates> {
  const rates = new Map(competitors.map((competitor): [Competitor, number[]] => [competitor, []]));
  const ms = plan.answerMs;
  for (let round = 1; round <= rounds; round++) {
    for (const [competitor, measured] of rates) {
      const rate = await measureDrain(competitor, plan);
      measured.push(rate);
      console.log(`  answers after ${ms} ms, round ${round}, ${competitor.name}: ${formatNumber(rate)} requests/s`);
    }
  }
  const medianOf = (competitor: Competitor): number => median(rates.get(competitor) ?? []);
  const rows = competitors.map((competitor) => ({
    competitor: competitor.name,
    ...Object.fromEntries(rates.get(competitor)?.map((rate, round) => [`round ${round + 1}`, rate]) ?? []),
    median: medianOf(competitor),
  }));
  const title = `drain: ${formatNumber(plan.users)} users, UserLeap answers after ${ms} ms, requests/s`;
  return { table: { title, rows }, medianOf };
}
