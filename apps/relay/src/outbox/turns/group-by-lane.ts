/** Events by their lane, in their order. */
export function groupByLane<E extends { readonly lane: string }>(
  events: readonly E[],
): ReadonlyMap<string, readonly E[]> {
  const groups = new Map<string, E[]>();
  for (const event of events) {
    const group = groups.get(event.lane);
    if (group) group.push(event);
    else groups.set(event.lane, [event]);
  }
  return groups;
}
