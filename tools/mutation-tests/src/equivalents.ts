import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Mutant } from './mutant';
import { isNoticed } from './play-mutants';
import type { Played } from './play-mutants';

/** A mutant that no test could tell from the original. */
export type Equivalent = Pick<Mutant, 'file' | 'lineText' | 'mutator' | 'source' | 'replacement'> & {
  /** In a sentence. */
  readonly why: string;
};

export function loadEquivalents(workspace: string): readonly Equivalent[] {
  return JSON.parse(readFileSync(join(workspace, 'tools/mutation-tests/equivalent.json'), 'utf8')) as Equivalent[];
}

export function isEquivalent(mutant: Mutant, equivalents: readonly Equivalent[]): boolean {
  return equivalents.some((one) => isOf(one, mutant));
}

/** Entries that no surviving mutant agrees with: the code has changed, or a vector notices it after all. */
export function findStale(equivalents: readonly Equivalent[], played: readonly Played[]): readonly Equivalent[] {
  const files = new Set(played.map(({ mutant }) => mutant.file));
  const survivors = played.filter((one) => !isNoticed(one));
  return equivalents.filter((one) => files.has(one.file) && !survivors.some(({ mutant }) => isOf(one, mutant)));
}

// Not the number of the line: it changes with every line above it.
const FIELDS = ['file', 'lineText', 'mutator', 'source', 'replacement'] as const;

function isOf(one: Equivalent, mutant: Mutant): boolean {
  return FIELDS.every((field) => one[field] === mutant[field]);
}
