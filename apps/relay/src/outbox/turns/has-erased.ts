import type { Settlement } from '../port/turn';

/** Whether UserLeap has erased a user in the turn. */
export function hasErased({ learnt }: Settlement): boolean {
  return learnt.some(([, news]) => news === 'erased');
}
