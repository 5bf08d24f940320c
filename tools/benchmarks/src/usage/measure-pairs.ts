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
  return compareCosts(await playPairs(rounds, play));
}

/** The same, of which more is measured than one cost. */
export async function playPairs<T>(
  rounds: number,
  play: (kind: Kind, round: number) => Promise<T>,
): Promise<Readonly<Record<Kind, readonly T[]>>> {
  const played: Record<Kind, T[]> = { with: [], without: [] };
  const warming = Math.ceil(rounds / 10);
  for (let round = 0; round < rounds + warming; round++) {
    // Whoever goes second finds a warmer processor.
    const kinds = round % 2 === 0 ? (['with', 'without'] as const) : (['without', 'with'] as const);
    for (const kind of kinds) {
      const one = await play(kind, round);
      if (round >= warming) played[kind].push(one);
    }
  }
  return played;
}

/** What was measured of rounds with something and without it. */
export function compareCosts({ with: ours, without: theirs }: Readonly<Record<Kind, readonly Cost[]>>): PairFigures {
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
