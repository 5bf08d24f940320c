import { BYTES_PER_TURN } from '@segment-userleap/delivery';
import { executeForRows } from '../schema/execute-for-rows';
import type { Flag, Tx } from '../schema/outbox-schema';
import type { PendingEvent } from '../port/turn';
import { withoutLater } from './doubts';
import { SMALL_BYTES } from './event-heads';
import type { Lane } from './find-lanes';
import { loadEvents, toPendingEvent } from './load-events';

/** What goes out together. */
export interface LoadedTurn {
  readonly lanes: readonly Lane[];
  readonly events: readonly PendingEvent[];
}

// Most lanes hold a few small events. Theirs are found together, so many lanes at a time that this is no more than one turn.
const FEW_EVENTS = 20;
const LANES_AT_A_TIME = 50;

/** Loads what waits in the lanes of turns, the first ones first: of one at least, and of more as far as they have room. */
export async function loadTurns(
  tx: Tx,
  call: { readonly destination: string; readonly bytes: number },
  chosen: readonly (readonly Lane[])[],
): Promise<readonly LoadedTurn[]> {
  const loaded: LoadedTurn[] = [];
  let bytes = 0;
  for (let from = 0; from < chosen.length; from += LANES_AT_A_TIME) {
    const some = chosen.slice(from, from + LANES_AT_A_TIME);
    const alone = some.flatMap(([lane, ...more]) => (lane?.last_delete === null && more.length === 0 ? [lane] : []));
    const few = await loadFew(tx, call.destination, alone);
    for (const lanes of some) {
      const own = lanes.length === 1 ? few.get(lanes[0]?.lane ?? '') : undefined;
      const events = withoutLater(lanes, own ?? (await loadEvents(tx, call, lanes)));
      loaded.push({ lanes, events });
      bytes += events.reduce((sum, { body }) => sum + body.length, 0);
      if (bytes + BYTES_PER_TURN > call.bytes) return loaded;
    }
  }
  return loaded;
}

interface Row {
  readonly id: number;
  readonly lane: string;
  readonly type: string;
  readonly accepted_at: number;
  readonly queued_at: number;
  readonly claimed_at: number | null;
  readonly attempts: number;
  readonly backfilled: Flag;
  /** Null where it is not small. */
  readonly body: string | null;
}

const SELECT_FEW = `SELECT id, lane, type, accepted_at, queued_at, claimed_at, attempts, backfilled, CASE WHEN octet_length(body) <= ${SMALL_BYTES} THEN body END AS body
  FROM events WHERE events.destination =`;
const THE_FIRST = `AND state = 'pending' ORDER BY id LIMIT ${FEW_EVENTS}`;
const LOAD_FEW = {
  one: `${SELECT_FEW} ? AND events.lane = ? ${THE_FIRST}`,
  all: `SELECT few.* FROM unnest($1::text[], $2::text[]) AS chosen (destination, lane)
    CROSS JOIN LATERAL (${SELECT_FEW} chosen.destination AND events.lane = chosen.lane ${THE_FIRST}) AS few`,
};

/** What waits in each of these lanes, where that is little. */
export async function loadFew(
  tx: Tx,
  destination: string,
  lanes: readonly Lane[],
): Promise<ReadonlyMap<string, readonly PendingEvent[]>> {
  const rows = await executeForRows<Row>(
    tx,
    LOAD_FEW,
    lanes.map(({ lane }) => [destination, lane]),
  );
  const few = new Map<string, PendingEvent[]>(lanes.map(({ lane }) => [lane, []]));
  const isLarge = new Set<string>();
  for (const { body, ...head } of rows) {
    if (body === null) isLarge.add(head.lane);
    else few.get(head.lane)?.push(toPendingEvent(head, body));
  }
  return new Map([...few].filter(([lane, { length }]) => !isLarge.has(lane) && length < FEW_EVENTS));
}
