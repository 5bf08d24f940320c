import type { CountedTx } from '../counting/counted-write';
import { loadMemories } from '../memory/load-memories';
import type { Settlement } from '../port/turn';
import { lockLanes } from './lock-lanes';
import { settleTurns } from './settle-turns';

/**
 * Keeps how turns ended that were not leased, and of which nothing was sent. Returns those, by id, that are as they were: not in
 * flight by now, and UserLeap was told nothing else of their users.
 */
export async function endRepeats(tx: CountedTx, settlements: readonly Settlement[]): Promise<readonly number[]> {
  const [first] = settlements;
  if (!first) return [];
  const names = settlements.flatMap(({ turn }) => turn.lanes.map(({ lane }) => lane));
  const locked = await lockLanes(tx, first.turn, names);
  const free = locked.filter(({ in_doubt_up_to }) => in_doubt_up_to === null).map(({ lane }) => lane);
  const memories = await loadMemories(tx, first.environment, free);
  const asTheyWere = settlements.filter(({ turn }) =>
    turn.lanes.every(({ lane, memory }) => isSame(memory, memories.get(lane)?.memory)),
  );
  if (asTheyWere.length > 0) await settleTurns(tx, asTheyWere);
  return asTheyWere.map(({ turn }) => turn.id);
}

function isSame(one: Uint8Array | null, other: Uint8Array | null | undefined): boolean {
  return one !== null && !!other && Buffer.compare(one, other) === 0;
}
