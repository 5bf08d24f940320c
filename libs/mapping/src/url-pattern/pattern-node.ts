/** Inclusive range of UTF-16 code units. */
export type Range = readonly [from: number, to: number];

/** A regular expression as a tree. Greedy and lazy repeats are one: only whether it matches is asked. */
export type PatternNode =
  | { readonly kind: 'set'; readonly ranges: readonly Range[]; readonly negated: boolean }
  | { readonly kind: 'sequence'; readonly nodes: readonly PatternNode[] }
  | { readonly kind: 'choice'; readonly nodes: readonly PatternNode[] }
  | { readonly kind: 'repeat'; readonly node: PatternNode; readonly min: number; readonly max: number }
  | { readonly kind: 'assert'; readonly place: Place };

export type Place = 'start' | 'end' | 'word_edge' | 'no_word_edge';
