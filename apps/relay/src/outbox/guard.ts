import type { CountedTx } from './counting/counted-write';

/**
 * What no other write may change meanwhile.
 *
 * | guard           | for writes that                                | waits for writes that guard           |
 * | --------------- | ---------------------------------------------- | ------------------------------------- |
 * | `nothing`       | add, or lock the rows that they change         | nothing: it waits for rows alone      |
 * | a `destination` | may change any lane of it                      | the destination, shared or not        |
 * | … `isShared`    | change some lanes of it, and lock their rows   | the destination, not shared           |
 * | `everything`    | may change what waits at any destination       | any destination                       |
 *
 * Each of the last three waits for `everything`, too. Where there is one writer, as in SQLite, nothing has to be guarded.
 */
export type Guard = 'nothing' | 'everything' | { readonly destination: string; readonly isShared?: boolean };

/** Work in a transaction. */
export type Work<T> = (tx: CountedTx) => Promise<T>;
