import { median } from '../report/percentile';
import type { RelayStore } from './relay-store';

export type Kind = 'with' | 'without';

/** What something takes. */
export interface Cost {
  readonly ms: number;
  /** Of processors, that of the database too. */
  readonly cpuMs: number;
}

export interface PairFigures {
  readonly withMs: number;
  readonly withoutMs: number;
  /** The median of rounds: what something adds. */
  readonly ratio: number;
  /** The same of processor time, and of all rounds together: what is done now and then counts, as when SQLite empties its log. */
  readonly cpuRatio: number;
}

/** The same with something and without it, in turns, so many rounds; the first ones warm up. */
export async function measurePairs(
  rounds: number,
  play: (kind: Kind, round: number) => Promise<Cost>,
): Promise<PairFigures> {
  const costs: Record<Kind, Cost[]> = { with: [], without: [] };
  const warming = Math.ceil(rounds / 10);
  for (let round = 0; round < rounds + warming; round++) {
    // Whoever goes second finds a warmer processor.
    const kinds = round % 2 === 0 ? (['with', 'without'] as const) : (['without', 'with'] as const);
    for (const kind of kinds) {
      const cost = await play(kind, round);
      if (round >= warming) costs[kind].push(cost);
    }
  }
  const [ours, theirs] = [costs.with, costs.without];
  return {
    withMs: median(ours.map(({ ms }) => ms)),
    withoutMs: median(theirs.map(({ ms }) => ms)),
    ratio: median(ours.map(({ ms }, round) => ms / (theirs[round]?.ms ?? NaN))),
    cpuRatio: cpuOf(ours) / cpuOf(theirs),
  };
}

/** What the work takes on the store. */
export async function costOf({ cpuTimeMs }: RelayStore, work: () => Promise<unknown>): Promise<Cost> {
  const cpuBefore = await cpuTimeMs();
  const start = performance.now();
  await work();
  const ms = performance.now() - start;
  return { ms, cpuMs: (await cpuTimeMs()) - cpuBefore };
}

function cpuOf(costs: readonly Cost[]): number {
  return costs.reduce((sum, { cpuMs }) => sum + cpuMs, 0);
}
