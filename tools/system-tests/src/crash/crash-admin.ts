import { setTimeout as pause } from 'node:timers/promises';
import type { AdminApi, EventRecord } from '@segment-userleap/relay-driver';

// Something comes to its end all the time: who asks at once each time keeps the relay busy with nothing else.
const ASK_EVERY_MS = 250;
const PATIENCE_MS = 60_000;
const LARGEST = { limit: 1_000 };

/** What became of an event. */
export type EventFate = Pick<EventRecord, 'messageId' | 'state' | 'reason' | 'settledAt'>;

/** Resolves when nothing is pending any more, or when nothing has come to its end for a minute: what waits in vain is found by its fate. */
export async function settledDown(admin: AdminApi): Promise<void> {
  let left = Infinity;
  let since = performance.now();
  while (left > 0 && performance.now() < since + PATIENCE_MS) {
    await pause(ASK_EVERY_MS);
    const pending = (await admin.destinations()).reduce((sum, one) => sum + one.pending, 0);
    if (pending >= left) continue;
    left = pending;
    since = performance.now();
  }
}

/** What became of all events that the relay has, by message id. */
export async function findFates(admin: AdminApi): Promise<ReadonlyMap<string, readonly EventFate[]>> {
  const fates = new Map<string, EventFate[]>();
  for (let page = await admin.eventPage(LARGEST); ; page = await admin.eventPage({ ...LARGEST, before: page.next })) {
    for (const fate of page.events) fates.set(fate.messageId, [...(fates.get(fate.messageId) ?? []), fate]);
    if (page.next === null) return fates;
  }
}
