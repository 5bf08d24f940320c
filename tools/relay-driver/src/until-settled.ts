import type { EventRecord } from './admin-api';
import { until } from './until';

/** The events once so many are listed and none of them waits any more; `of` says whose they are. */
export function untilSettled(
  count: number,
  list: () => Promise<readonly EventRecord[]>,
  of = 'the relay',
): Promise<readonly EventRecord[]> {
  return until(`${count} events of ${of} to have an end`, async () => {
    const events = await list();
    return events.length === count && events.every(({ state }) => state !== 'pending') ? events : undefined;
  });
}
