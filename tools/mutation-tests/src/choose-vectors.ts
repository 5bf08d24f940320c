import type { Coverage } from './task';

export interface Choice {
  /** Indices of the vectors that can notice a mutant. */
  readonly vectors: readonly number[];
  /** Of one vector. */
  readonly hitLimit: number;
}

/** What has to be played for a mutant: the vectors that pass its place, or all, where it is passed when modules load. */
export function chooseVectors({ loading, running }: Coverage, mutant: string): Choice {
  const hits = running.map((passed) => passed[mutant] ?? 0);
  const isStatic = mutant in loading;
  return {
    vectors: [...hits.keys()].filter((index) => isStatic || hits[index] !== 0),
    hitLimit: hitLimitOf(Math.max(0, ...hits)),
  };
}

/** A loop that passes its place so much more often than without the mutant is taken for endless. */
function hitLimitOf(hits: number): number {
  // Stryker's factor is 100. Where a text of 256 KB is read letter by letter, that would take minutes.
  return Math.min(Math.max(10_000, 100 * hits), 1_000_000 + 3 * hits);
}
