import type { CountedTx } from '../counting/counted-write';
import { executeForRows } from '../schema/execute-for-rows';
import type { Settlement } from '../port/turn';

const INSERT = 'INSERT INTO sent_requests (kind, sent_at, milliseconds, status, failure, events, succeeded)';
const KEEP = {
  one: `${INSERT} VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id`,
  // Ids ascend in the order of the rows.
  all: `${INSERT} SELECT kind, sent_at, milliseconds, status, failure, events, succeeded
    FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::bigint[], $5::text[], $6::bigint[], $7::bigint[])
      WITH ORDINALITY AS new (kind, sent_at, milliseconds, status, failure, events, succeeded, place)
    ORDER BY place RETURNING id`,
};

/** Keeps which requests turns sent. Returns their ids by the event that they carried. */
export async function keepRequests(
  tx: CountedTx,
  settlements: readonly Settlement[],
): Promise<ReadonlyMap<number, readonly number[]>> {
  const sent = settlements.flatMap(({ turn, requests }) => requests.map((request) => ({ ...request, turn })));
  const rows = sent.map(({ kind, sentAt, milliseconds, reply, events, carried = events.length }) => {
    const status = 'status' in reply ? reply.status : null;
    const failure = 'failure' in reply ? reply.failure : null;
    const isTaken = status !== null && status >= 200 && status < 300;
    return [kind, sentAt, milliseconds, status, failure, carried, isTaken ? 1 : 0];
  });
  const kept = await executeForRows<{ id: number }>(tx, KEEP, rows);
  const ids = kept.map(({ id }) => id).sort((one, other) => one - other);
  const byEvent = new Map<number, number[]>();
  for (const [index, { turn, sentAt, events, isCounted = true }] of sent.entries()) {
    if (isCounted) tx.tally.addToFlow(turn.destination, sentAt, { requests: 1 });
    const id = ids[index] ?? 0;
    for (const event of events) {
      const own = byEvent.get(event);
      if (own) own.push(id);
      else byEvent.set(event, [id]);
    }
  }
  return byEvent;
}
