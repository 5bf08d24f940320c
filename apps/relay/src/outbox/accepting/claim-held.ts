import type { Claim } from '@segment-userleap/mapping';
import type { CountedTx } from '../counting/counted-write';
import type { Fate } from '../port/outbox.port';
import { userKey } from '../port/user-key';
import { executeForRows } from '../schema/execute-for-rows';
import type { RowStatement } from '../schema/execute-for-rows';
import { isOneOf } from '../schema/is-one-of';
import type { Flag, Tx } from '../schema/outbox-schema';
import { fateColumns } from '../turns/fate-columns';
import type { Queued } from '../turns/queue-in-lanes';

/** An event that says whose is what was held before it. */
export interface Claiming {
  readonly id: number;
  readonly destination: string;
  readonly at: number;
  readonly claim: Claim;
}

interface Found {
  /** The place of its claim. */
  readonly place: number;
  readonly id: number;
  readonly type: string;
  readonly backfilled: Flag;
}

/**
 * Gives what is held to those who claim it, given in order of arrival: of several the first one gets it. Returns what begins to
 * wait in their lanes, the oldest first; where nothing of the user is sent it ends at once.
 */
export async function claimHeld(tx: CountedTx, claiming: readonly Claiming[]): Promise<readonly Queued[]> {
  const found = new Map<number, Found[]>();
  for (const one of await findHeld(tx, claiming)) {
    const own = found.get(one.place);
    if (own) own.push(one);
    else found.set(one.place, [one]);
  }
  const queued: Queued[] = [];
  for (const [place, { destination, at, claim }] of claiming.entries()) {
    const own = found.get(place);
    if (!own) continue;
    const fate = fateOf(claim);
    const columns = fateColumns(fate, at);
    await tx
      .updateTable('events')
      .set({ ...columns, queued_at: at, claimed_at: at })
      .where(
        isOneOf(
          tx,
          'id',
          own.map(({ id }) => id),
        ),
      )
      .execute();
    for (const { id, type, backfilled } of own) {
      tx.tally.count(at, [{ destination, type, from: { state: 'held', reason: null }, to: columns }]);
      if ('lane' in fate) queued.push({ id, destination, type, queuedAt: at, fate, isBackfilled: backfilled === 1 });
    }
  }
  return queued.sort((a, b) => a.id - b.id);
}

function fateOf({ userId, outcome }: Claim): Fate {
  return outcome
    ? { outcome: { ...outcome, outcome: 'filtered' as const }, userId }
    : { lane: userId, createsUser: false, deletesUser: false, otherUser: null };
}

// Of one anonymous id at a time: an id that many share by mistake must not make a commit long. The rest goes with its next claim.
const MOST = 10_000;

const OF_CLAIM = `state = 'held' ORDER BY id DESC LIMIT ${MOST}`;
const FIND: RowStatement = {
  one: `SELECT ? AS place, id, type, backfilled FROM events
    WHERE destination = ? AND anonymous_id = ? AND id > ? AND id < ? AND ${OF_CLAIM}`,
  // Who is before us with them has them: what is locked is looked at again then.
  all: `SELECT claims.place, held.id, held.type, held.backfilled
    FROM unnest($1::int[], $2::text[], $3::text[], $4::bigint[], $5::bigint[])
      AS claims (place, destination, anonymous_id, after, before)
    CROSS JOIN LATERAL (
      SELECT id, type, backfilled FROM events
      WHERE events.destination = claims.destination AND events.anonymous_id = claims.anonymous_id
        AND id > claims.after AND id < claims.before AND ${OF_CLAIM} FOR UPDATE
    ) AS held`,
};

/** What is held for each claim since the one before it. */
function findHeld(tx: Tx, claiming: readonly Claiming[]): Promise<readonly Found[]> {
  const last = new Map<string, number>();
  const rows = claiming.map(({ id, destination, claim }, place) => {
    const anonymousId = userKey(claim.anonymousId);
    const key = `${destination} ${anonymousId}`;
    const after = last.get(key) ?? 0;
    last.set(key, id);
    return [place, destination, anonymousId, after, id];
  });
  return executeForRows<Found>(tx, FIND, rows);
}
