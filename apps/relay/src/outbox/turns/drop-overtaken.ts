import type { Selectable } from 'kysely';
import { REASONS } from '@segment-userleap/mapping';
import type { CountedTx } from '../counting/counted-write';
import { endPending } from './end-pending';
import type { End } from './end-pending';
import { IS_PENDING } from '../schema/conditions';
import { refreshLane } from './lanes';
import type { LaneColumns, Tx } from '../schema/outbox-schema';
import type { EndedEvents } from '../port/turn';

type Lane = Pick<Selectable<LaneColumns>, 'lane' | 'last_delete'>;

/** How what waits for a user ends that is deleted. */
const USER_DELETED: End = {
  state: 'filtered',
  set: { reason: 'user_deleted', message: REASONS.user_deleted },
  reasonAfter: () => 'user_deleted',
};

/**
 * Settles what was queued for users before their Delete: it is not sent any more. So is an Alias that would bring such a
 * user back, unless it is on its way already. Returns what it settled.
 */
export async function dropOvertaken(
  tx: CountedTx,
  call: { readonly destination: string; readonly now: number },
  lanes: readonly Lane[],
): Promise<readonly EndedEvents[]> {
  const dropped: EndedEvents[] = [];
  for (const { lane, last_delete } of lanes) {
    const own = await endPending(
      tx,
      call,
      (event) => event.and([event('id', '<', last_delete), event('lane', '=', lane), event('type', '!=', 'delete')]),
      USER_DELETED,
    );
    dropped.push(...own);
    for (const old of await findAliasingLanes(tx, call.destination, lane, last_delete)) {
      const aliases = await endPending(
        tx,
        call,
        (event) => event.and([event('id', '<', last_delete), event('lane', '=', old), event('other_user', '=', lane)]),
        USER_DELETED,
      );
      dropped.push(...aliases);
      await refreshLane(tx, call.destination, old);
    }
  }
  return dropped;
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
