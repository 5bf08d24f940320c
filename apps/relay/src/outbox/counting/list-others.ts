import { countWaitingFor } from './count-waiting';
import { findOldest } from './find-oldest';
import { listDestinations } from './list-destinations';
import type { OtherDestination } from '../port/other-destination';
import type { Db } from '../schema/outbox-schema';

/** Destinations of which events are or were kept, but for these. */
export async function listOthers(db: Db, configured: readonly string[]): Promise<readonly OtherDestination[]> {
  const names = (await listDestinations(db)).filter((name) => !configured.includes(name)).sort();
  const waiting = names.length === 0 ? undefined : await countWaitingFor(db);
  const others: OtherDestination[] = [];
  for (const name of names) {
    const pending = waiting?.get(name) ?? 0;
    others.push({ name, pending, oldestPendingAt: pending === 0 ? undefined : await findOldest(db, name) });
  }
  return others;
}
