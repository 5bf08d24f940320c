/** Each list added to the ones before it, so that areas lie on top of one another. All are equally long. */
export function stack(lists: readonly (readonly number[])[]): number[][] {
  const stacked: number[][] = [];
  for (const list of lists) {
    const below = stacked.at(-1);
    stacked.push(list.map((value, index) => value + (below?.[index] ?? 0)));
  }
  return stacked;
}
