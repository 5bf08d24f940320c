import { groupBy } from './group-by';
import { usersOf } from './pending';
import type { Pending } from './pending';

/**
 * The operations by family: users that Aliases bind together, over any number of steps. What one of them gets can depend on
 * what another has had before; families have nothing to do with each other. In order of first appearance, each in order of
 * arrival.
 */
export function groupByFamily(pending: readonly Pending[]): readonly (readonly Pending[])[] {
  const familyOf = new Map<string, string>();
  const find = (userId: string): string => {
    let head = userId;
    for (let next = familyOf.get(head); next !== undefined; next = familyOf.get(head)) head = next;
    return head;
  };
  for (const one of pending) {
    const head = find(one.operation.userId);
    for (const other of usersOf(one).map(find)) if (other !== head) familyOf.set(other, head);
  }
  return [...groupBy(pending, ({ operation }) => find(operation.userId)).values()];
}
