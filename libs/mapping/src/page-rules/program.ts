import type { Range } from './ranges';

/**
 * One step of a nondeterministic automaton over UTF-16 code units. `by` is relative to the step itself, so that programs
 * can be joined as lists; running past the last step is a match.
 */
export type Step =
  | { readonly op: 'take'; readonly ranges: readonly Range[]; readonly negated: boolean }
  | { readonly op: 'assert'; readonly place: Place }
  /** Goes on `by` steps further if what begins with the next step and ends with `accept` matches from here, or if it does not. */
  | { readonly op: 'look'; readonly by: number; readonly negated: boolean }
  /** Goes on with the next step and `by` steps further. */
  | { readonly op: 'fork'; readonly by: number }
  | { readonly op: 'jump'; readonly by: number }
  | { readonly op: 'accept' };

export type Place = 'start' | 'end' | 'word_edge' | 'no_word_edge';

export type Program = readonly Step[];

export const ACCEPT: Step = { op: 'accept' };

/** Thompson's construction: one or the other. */
export function either(first: Program, second: Program): Program {
  return [{ op: 'fork', by: first.length + 2 }, ...first, { op: 'jump', by: second.length + 1 }, ...second];
}

/** Any number of times; of nothing, nothing. */
export function anyTimes(program: Program): Program {
  const length = program.length;
  return length === 0 ? [] : [{ op: 'fork', by: length + 2 }, ...program, { op: 'jump', by: -length - 1 }];
}

/** Once or not at all. */
export function optional(program: Program): Program {
  return [{ op: 'fork', by: program.length + 1 }, ...program];
}

/** Only where the program matches from here on, or only where it does not; takes nothing. */
export function lookAhead(program: Program, negated: boolean): Program {
  return [{ op: 'look', by: program.length + 2, negated }, ...program, ACCEPT];
}
