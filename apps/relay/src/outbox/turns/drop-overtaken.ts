import type { Expression, ExpressionBuilder, Selectable, SqlBool } from 'kysely';
import { REASONS } from '@segment-userleap/mapping';
import type { CountedTx } from '../counting/counted-write';
import { endPending } from './end-pending';
import type { End, WaitingEvent } from './end-pending';
import { IS_PENDING } from '../schema/conditions';
import { refreshLane } from './lanes';
import type { LaneColumns, OutboxSchema, Tx } from '../schema/outbox-schema';
import type { EndedEvents } from '../port/turn';

type Lane = Pick<Selectable<LaneColumns>, 'lane' | 'last_delete'>;
type Matches = (event: ExpressionBuilder<OutboxSchema, 'events'>) => Expression<SqlBool>;

// A long queue is dropped in several steps, each a lease's transaction.
const EVENTS_PER_STEP = 500;

/** How what waits for a user ends that is deleted. */
const USER_DELETED: End = {
  state: 'filtered',
  set: { reason: 'user_deleted', message: REASONS.user_deleted },
  reasonAfter: () => 'user_deleted',
};

/**
 * Settles some of what was queued for users before their Delete: it is not sent any more. So is an Alias that would bring such
 * a user back, unless it is on its way already. Returns what it settled; none: there is nothing left.
 */
export async function dropOvertaken(
  tx: CountedTx,
  call: { readonly destination: string; readonly now: number },
  lanes: readonly Lane[],
): Promise<readonly EndedEvents[]> {
  const dropped: EndedEvents[] = [];
  let left = EVENTS_PER_STEP;
  const drop = async (lane: string, matches: Matches): Promise<void> => {
    if (left === 0) return;
    const events = await loadSome(tx, call.destination, lane, matches, left);
    left -= events.length;
    dropped.push(...(await endPending(tx, call, events, USER_DELETED)));
    if (events.length > 0) await refreshLane(tx, call.destination, lane);
  };
  for (const { lane, last_delete } of lanes) {
    await drop(lane, (event) => event.and([event('id', '<', last_delete), event('type', '!=', 'delete')]));
    for (const old of await findAliasingLanes(tx, call.destination, lane, last_delete)) {
      await drop(old, (event) => event.and([event('id', '<', last_delete), event('other_user', '=', lane)]));
    }
  }
  return dropped;
}

function loadSome(
  tx: Tx,
  destination: string,
  lane: string,
  matches: Matches,
  limit: number,
): Promise<readonly WaitingEvent[]> {
  return tx
    .selectFrom('events')
    .select(['id', 'type', 'reason'])
    .where('destination', '=', destination)
    .where('lane', '=', lane)
    .where(IS_PENDING)
    .where(matches)
    .orderBy('id')
    .limit(limit)
    .execute();
}

/** The lanes, not in flight, in which an Alias to the user waits. */
async function findAliasingLanes(
  tx: Tx,
  destination: string,
  userId: string,
  before: number | null,
): Promise<readonly string[]> {
  const aliases = tx
    .selectFrom('events')
    .select('lane')
    .where('destination', '=', destination)
    .where('other_user', '=', userId)
    .where('id', '<', before)
    .where(IS_PENDING);
  const rows = await tx
    .selectFrom('lanes')
    .select('lane')
    .where('destination', '=', destination)
    .where('lane', 'in', aliases)
    .where('leased', '=', 0)
    .orderBy('lane')
    .forUpdate()
    .execute();
  return rows.map(({ lane }) => lane);
}
