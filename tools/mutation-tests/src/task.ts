import type { Hits } from './switch-mutants';

/** What a worker is asked: what the vectors pass, or whether one of some vectors notices a mutant. */
export type Task =
  | { readonly kind: 'cover' }
  | { readonly kind: 'play'; readonly mutant: string; readonly vectors: readonly number[]; readonly hitLimit: number };

export interface Coverage {
  /** What is passed while the modules load. */
  readonly loading: Hits;
  /** What each vector passes after that, in order of the vectors. */
  readonly running: readonly Hits[];
}

/** The vector that noticed a mutant; undefined where none did, -1 where the modules could not even be loaded. */
export interface Verdict {
  readonly killer?: number;
}
