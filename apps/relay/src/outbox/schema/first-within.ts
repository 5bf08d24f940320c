/** The first of the items, at least one, whose bytes are not more than `most` in all. */
export function firstWithin<T extends { readonly bytes: number }>(items: readonly T[], most: number): readonly T[] {
  let sum = 0;
  const end = items.findIndex(({ bytes }, index) => (sum += bytes) > most && index > 0);
  return end === -1 ? items : items.slice(0, end);
}
