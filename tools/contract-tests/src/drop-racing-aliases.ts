/**
 * The events without each Alias that has a user in common with an Alias of another lane. Lanes go side by side, so what
 * such a pair comes to depends on which answer is first; everything else is the same on every host.
 */
export function dropRacingAliases(events: readonly unknown[]): readonly unknown[] {
  const laneOfUser = new Map<unknown, unknown>();
  return events.filter((event) => {
    if (!isAlias(event)) return true;
    const lane = idText(event.previousId);
    const users = [lane, idText(event.userId)];
    if (users.some((user) => laneOfUser.has(user) && laneOfUser.get(user) !== lane)) return false;
    for (const user of users) laneOfUser.set(user, lane);
    return true;
  });
}

export function isAlias(event: unknown): event is { previousId?: unknown; userId?: unknown } {
  return typeof event === 'object' && event !== null && 'type' in event && event.type === 'alias';
}

/** 1 and "1" are one user. */
function idText(id: unknown): unknown {
  return typeof id === 'number' ? String(id) : id;
}
