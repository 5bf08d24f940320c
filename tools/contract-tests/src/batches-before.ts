import type { EarlierBatch, Vector } from './vector';

/** What is handed over before a vector's events, batch by batch; the last one at the vector's own time. */
export function batchesBefore({
  earlier = [],
  before = [],
  now,
}: Pick<Vector, 'earlier' | 'before' | 'now'>): readonly EarlierBatch[] {
  return [...earlier, { now, events: before }];
}
