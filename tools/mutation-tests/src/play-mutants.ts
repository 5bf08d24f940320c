import { chooseVectors } from './choose-vectors';
import type { Mutant } from './mutant';
import type { Coverage } from './task';
import { WorkerProcess } from './worker-process';

/**
 * `killed`: a vector noticed. `timed-out`: likewise, as its process went down or said nothing any more. `survived`: none
 * noticed. `uncovered`: none even comes there.
 */
export type Fate = 'killed' | 'timed-out' | 'survived' | 'uncovered';

export interface Played {
  readonly mutant: Mutant;
  readonly fate: Fate;
}

export function isNoticed({ fate }: Pick<Played, 'fate'>): boolean {
  return fate === 'killed' || fate === 'timed-out';
}

const LEAST_TIMEOUT_MS = 20_000;
const TIMEOUT_FACTOR = 5;

/** Plays the vectors against each mutant, in so many processes. The answers come in order of the mutants. */
export async function playMutants(
  mutants: readonly Mutant[],
  bundle: string,
  workers: number,
  onPlayed: (played: Played) => void,
): Promise<readonly Played[]> {
  const first = new WorkerProcess(bundle);
  const pool = [first, ...Array.from({ length: workers - 1 }, () => new WorkerProcess(bundle))];
  try {
    const startedAt = performance.now();
    const coverage = await first.cover();
    const timeoutMs = LEAST_TIMEOUT_MS + TIMEOUT_FACTOR * (performance.now() - startedAt);
    const game = new Game(coverage, timeoutMs);
    const played: Played[] = [];
    const queue = mutants.entries();
    const work = async (worker: WorkerProcess): Promise<void> => {
      for (const [index, mutant] of queue) {
        played[index] = { mutant, fate: await game.play(mutant, worker) };
        onPlayed(played[index]);
      }
    };
    await Promise.all(pool.map(work));
    return played;
  } finally {
    for (const worker of pool) worker.end();
  }
}

class Game {
  /** How many mutants of a file each vector noticed: what noticed one notices the next. */
  readonly #kills = new Map<string, Map<number, number>>();

  constructor(
    private readonly coverage: Coverage,
    private readonly timeoutMs: number,
  ) {}

  async play({ id, file }: Mutant, worker: WorkerProcess): Promise<Fate> {
    const { vectors, hitLimit } = chooseVectors(this.coverage, id);
    if (vectors.length === 0) return 'uncovered';
    const kills = this.#kills.get(file) ?? new Map<number, number>();
    this.#kills.set(file, kills);
    const mostLikelyFirst = [...vectors].sort((a, b) => (kills.get(b) ?? 0) - (kills.get(a) ?? 0));
    const verdict = await worker.play({ kind: 'play', mutant: id, vectors: mostLikelyFirst, hitLimit }, this.timeoutMs);
    if (verdict === undefined) return 'timed-out';
    if (verdict.killer === undefined) return 'survived';
    kills.set(verdict.killer, (kills.get(verdict.killer) ?? 0) + 1);
    return 'killed';
  }
}
