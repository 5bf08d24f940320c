import type { EventFate } from './crash-admin';
import type { Arrival } from './crash-arrivals';
import type { SentEvent } from './crash-event';

/** What the relay answered 200 for and what has another end than it should have; a sentence for each. */
export function findLost(
  acknowledged: readonly SentEvent[],
  fates: ReadonlyMap<string, readonly EventFate[]>,
  taken: readonly Arrival[],
): readonly string[] {
  const arrived = new Set(
    taken.flatMap(({ userId, steps, identifies }) => [...steps, ...identifies].map((step) => `${userId}-${step}`)),
  );
  return acknowledged.flatMap((event) => {
    const wrong = findWrong(event, fates.get(event.messageId) ?? [], arrived.has(event.messageId));
    return wrong === undefined ? [] : [`${event.kind} ${event.messageId} ${wrong}`];
  });
}

function findWrong(
  { kind }: SentEvent,
  [fate, ...more]: readonly EventFate[],
  hasArrived: boolean,
): string | undefined {
  if (!fate) return 'is unknown to the relay';
  if (more.length > 0) return 'was kept more than once';
  if (kind === 'poison') {
    return fate.state === 'rejected' && fate.reason !== null ? undefined : `is ${fate.state}, not a dead letter`;
  }
  // UserLeap refuses nothing else, so nothing else may be given up.
  if (fate.state !== 'delivered') return `is ${fate.state} (${fate.reason ?? 'no reason'})`;
  return hasArrived ? undefined : 'counts as delivered and never arrived';
}
