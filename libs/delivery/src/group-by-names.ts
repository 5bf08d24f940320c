import { groupBy } from './group-by';
import { namesOf } from './user-upserts';
import type { Upserts } from './user-upserts';

/** Upserts whose events have the same names stand together, the name that comes first in the first place. */
export function groupByNames(upserts: Upserts): readonly Upserts[] {
  return [...groupBy(upserts, (one) => JSON.stringify(namesOf(one))).values()];
}
