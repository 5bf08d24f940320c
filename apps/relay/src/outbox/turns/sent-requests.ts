import type { CountedTx } from '../counting/counted-write';
import type { SentRequest } from '../port/turn';

/** Keeps which requests a turn sent. Returns their ids by the event that they carried. */
export async function keepRequests(
  tx: CountedTx,
  destination: string,
  requests: readonly SentRequest[],
): Promise<ReadonlyMap<number, readonly number[]>> {
  const byEvent = new Map<number, number[]>();
  for (const { kind, sentAt, milliseconds, reply, events } of requests) {
    const status = 'status' in reply ? reply.status : null;
    const { id } = await tx
      .insertInto('sent_requests')
      .values({
        kind,
        sent_at: sentAt,
        milliseconds,
        status,
        failure: 'failure' in reply ? reply.failure : null,
        events: events.length,
        succeeded: status !== null && status >= 200 && status < 300 ? 1 : 0,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    tx.tally.addToFlow(destination, sentAt, { requests: 1 });
    for (const event of events) {
      const ids = byEvent.get(event);
      if (ids) ids.push(id);
      else byEvent.set(event, [id]);
    }
  }
  return byEvent;
}
