import { setTimeout as pause } from 'node:timers/promises';
import type { AdminApi, EventQuery, EventRecord } from '@segment-userleap/relay-driver';
import type { SentEvent } from './crash-event';
import { until } from '@segment-userleap/relay-driver';

// Something comes to its end all the time: who asks at once each time keeps the relay busy with nothing else.
const ASK_EVERY_MS = 250;

/** What became of an event. */
export type EventFate = Pick<EventRecord, 'messageId' | 'state' | 'reason' | 'settledAt'>;

/** Resolves when nothing is pending any more, or when nothing has come to its end for twenty seconds. */
export async function settledDown(admin: AdminApi): Promise<void> {
  let left: number | undefined = Infinity;
  while (left !== undefined && left > 0) {
    await pause(ASK_EVERY_MS);
    const before: number = left;
    const isLess = async (): Promise<number | undefined> => {
      const destinations = await admin.destinations();
      const pending = destinations.reduce((sum, one) => sum + one.pending, 0);
      return pending < before ? pending : undefined;
    };
    // What waits in vain is found by its fate.
    left = await until('something to come to its end', isLess).catch(() => undefined);
  }
}

/** What became of the events, by message id. One that is missing is unknown to the relay. */
export async function findFates(
  admin: AdminApi,
  events: readonly SentEvent[],
): Promise<ReadonlyMap<string, readonly EventFate[]>> {
  const fates = new Map<string, EventFate[]>();
  const collect = async (query: EventQuery): Promise<void> => {
    for (const fate of await admin.events(query))
      fates.set(fate.messageId, [...(fates.get(fate.messageId) ?? []), fate]);
  };
  for (const userId of new Set(events.map((event) => event.userId))) await collect({ userId });
  // A list has a limit; what is beyond it is asked for by name.
  for (const { messageId } of events) if (!fates.has(messageId)) await collect({ messageId });
  return fates;
}
