import type { RecordedRequest } from '@segment-userleap/userleap-sandbox';
import type { DestinationRecord, EventRecord } from '@segment-userleap/relay-driver';
import { FIRST, LATER } from './lane-events';
import type { TestedDestination } from './tested-destination';

export interface Snapshot {
  readonly events: readonly EventRecord[];
  readonly destination: DestinationRecord;
  readonly requests: readonly RecordedRequest[];
}

/** How a destination and its events looked while UserLeap failed, and in the end. */
export interface Outage {
  readonly during: Snapshot;
  readonly after: Snapshot;
}

/**
 * Hands events over while UserLeap fails, and more of one user once the destination is paused and it is kept that
 * the first was tried. Then lets the failure end, and waits until everything has arrived.
 */
export async function playOutage(destination: TestedDestination, end: () => void | Promise<void>): Promise<Outage> {
  await destination.accept(FIRST);
  await destination.paused();
  await destination.tried();
  await destination.accept(LATER);
  const during = await takeSnapshot(destination);
  await end();
  await destination.settled(during.events.length);
  return { during, after: await takeSnapshot(destination) };
}

export async function takeSnapshot(destination: TestedDestination): Promise<Snapshot> {
  const [events, record] = await Promise.all([destination.events(), destination.record()]);
  return { events, destination: record, requests: destination.requests() };
}
