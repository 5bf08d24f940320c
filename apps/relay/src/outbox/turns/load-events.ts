import { BYTES_PER_TURN, EVENTS_PER_TURN } from '@segment-userleap/delivery';
import { IS_PENDING } from '../schema/conditions';
import { firstWithin } from '../schema/first-within';
import type { Tx } from '../schema/outbox-schema';
import { selectHeads } from './event-heads';
import type { EventHead } from './event-heads';
import type { Lane } from './find-lanes';
import { findLeading } from './find-leading';
import type { PendingEvent } from '../port/turn';

/**
 * What waits in the lanes, as far as one turn can hold it, in order of arrival: at least one event, however large. With what
 * creates the user from behind that, which may be as much again.
 */
export async function loadEvents(
  tx: Tx,
  { destination }: { readonly destination: string },
  lanes: readonly Lane[],
): Promise<readonly PendingEvent[]> {
  const isPurge = lanes.some(({ last_delete }) => last_delete !== null);
  // Of many Deletes each has to find room; what Aliases bind goes out in the order in which it came.
  const groups = isPurge ? lanes.map(({ lane }) => [lane]) : [lanes.map(({ lane }) => lane)];
  const found: EventHead[] = [];
  for (const group of groups) {
    const heads = await loadHeads(tx, destination, group, Math.floor(EVENTS_PER_TURN / groups.length));
    // What an Alias binds to other lanes goes out with them, later.
    const isAliased = isPurge && heads.some(({ other_user }) => other_user !== null);
    found.push(...(isAliased ? heads.filter(({ type }) => type === 'delete') : heads));
  }
  found.sort((a, b) => a.id - b.id);
  const first = firstWithin(found, BYTES_PER_TURN);
  const isAll = first.length === found.length && found.length < EVENTS_PER_TURN;
  const leading = isPurge || isAll ? [] : await findLeading(tx, lanes, first.at(-1)?.id ?? 0);
  return loadBodies(tx, [...first, ...firstWithin(leading, BYTES_PER_TURN)]);
}

function loadHeads(tx: Tx, destination: string, lanes: readonly string[], limit: number) {
  return selectHeads(tx)
    .where('destination', '=', destination)
    .where('lane', 'in', lanes)
    .where(IS_PENDING)
    .orderBy('id')
    .limit(limit)
    .execute();
}

async function loadBodies(tx: Tx, heads: readonly EventHead[]): Promise<readonly PendingEvent[]> {
  const large = heads.filter(({ body }) => body === null).map(({ id }) => id);
  const rows =
    large.length === 0 ? [] : await tx.selectFrom('events').select(['id', 'body']).where('id', 'in', large).execute();
  const bodies = new Map(rows.map(({ id, body }) => [id, body]));
  return heads.map((head) => toPendingEvent(head, head.body ?? bodies.get(head.id) ?? 'null'));
}

type Columns = Pick<
  EventHead,
  'id' | 'lane' | 'type' | 'accepted_at' | 'queued_at' | 'claimed_at' | 'attempts' | 'backfilled'
>;

// One literal: it is made of every event.
export function toPendingEvent(row: Columns, body: string): PendingEvent {
  const { id, lane, type, accepted_at, queued_at, claimed_at, attempts, backfilled } = row;
  return {
    id,
    lane: lane ?? '',
    type,
    body,
    acceptedAt: accepted_at,
    queuedAt: queued_at,
    claimedAt: claimed_at,
    isBackfilled: backfilled === 1,
    isUntried: attempts === 0,
  };
}
