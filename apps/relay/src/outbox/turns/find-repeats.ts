import { loadMemories } from '../memory/load-memories';
import type { RememberedUser } from '../memory/load-memories';
import type { FindRepeatsCall, FoundRepeats } from '../port/repeats';
import type { Turn } from '../port/turn';
import type { Tx } from '../schema/outbox-schema';
import { findBound } from './find-bound';
import { findReady, LIVE } from './find-lanes';
import { loadTurns } from './load-turns';
import type { LoadedTurn } from './load-turns';

const LANES_AT_ONCE = 500;
const TYPES: readonly string[] = ['identify', 'group'];

/** What may tell UserLeap nothing new: to be decided by whoever knows what it was told. */
export async function findRepeats(tx: Tx, call: FindRepeatsCall): Promise<FoundRepeats> {
  // What is backfilled is in no hurry.
  const ready = await findReady(tx, { ...call, backfilled: LIVE, limit: LANES_AT_ONCE });
  const names = ready.map(({ lane }) => lane);
  const memories = await loadMemories(tx, call.environment, names);
  const bound = await findBound(tx, call, names);
  const told = ready.filter(
    ({ lane, in_doubt_up_to }) => memories.get(lane)?.memory && in_doubt_up_to === null && !bound.has(lane),
  );
  const loaded = await loadTurns(
    tx,
    call,
    told.map((lane) => [lane]),
  );
  const turns = loaded
    .filter(({ events }) => events.every(({ type }) => TYPES.includes(type)))
    .map((turn, index) => toTurn(turn, { index, destination: call.destination, memories }));
  const isComplete = loaded.length === told.length;
  const last = isComplete ? ready.at(-1) : loaded.at(-1)?.lanes[0];
  return {
    turns,
    upTo: last?.oldest_event ?? call.after,
    mayHaveMore: !isComplete || ready.length === LANES_AT_ONCE,
  };
}

/** It has no place in the budget: nothing of it can be sent. */
function toTurn(
  { lanes, events }: LoadedTurn,
  of: {
    readonly index: number;
    readonly destination: string;
    readonly memories: ReadonlyMap<string, RememberedUser>;
  },
): Turn {
  return {
    id: -1 - of.index,
    destination: of.destination,
    lanes: lanes.map(({ lane, attempts }) => {
      const { memory = null, tracked = null } = of.memories.get(lane) ?? {};
      const flags = { isParked: false, isBackfilled: false, isKnown: true };
      return { lane, attempts, ...flags, memory, tracked, lastDelete: null, doubt: null };
    }),
    events,
    usableUntil: -Infinity,
    isPurge: false,
    isBackfilled: false,
  };
}
