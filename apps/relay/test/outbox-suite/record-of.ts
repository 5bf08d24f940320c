import type { EventRecord } from '../../src/outbox/port/event-record';
import type { OutboxPort } from '../../src/outbox/port/outbox.port';

/** What an outbox tells of the event with this message id. */
export async function recordOf(outbox: OutboxPort, messageId: string): Promise<EventRecord | undefined> {
  return (await outbox.listEvents({ messageId, limit: 1 }))[0];
}
