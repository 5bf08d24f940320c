import type { Table } from './table';
import type { Target } from './target';

/** Something that is measured, and what is asked of it. */
export interface Benchmark {
  /** As on the command line, and of the JSON file. */
  readonly name: string;
  readonly run: () => Promise<Report>;
}

export interface Report {
  readonly tables: readonly Table[];
  readonly targets: readonly Target[];
}
