/** One record of a file: a line, an item of a list, or a row. */
export type HistoryRecord = {
  /** The line where it ends; of a list of JSON its place there. From 1 on, and always more than that of the one before. */
  readonly place: number;
} & (
  | { readonly kind: 'json'; readonly text: string }
  /** The cells of a row, as many as the columns. */
  | { readonly kind: 'row'; readonly cells: readonly string[] }
  | { readonly kind: 'broken'; readonly why: string }
);

/** Longer than anything that is an event: it is not kept in memory. */
export const MOST_CHARACTERS = 1024 * 1024;

export const TOO_LONG = 'expected at most 64 KB';
