import type { UserLeapRequest } from '@segment-userleap/userleap-api';
import { monthOf } from '../outbox/counting/calendar';
import type { Turn } from '../outbox/port/turn';
import type { ToldUser } from '../outbox/port/usage';

/** What a request tells UserLeap of its user, for who counts it; undefined where it tells nothing. */
export function toldBy(
  { upsert }: UserLeapRequest,
  { lanes }: Pick<Turn, 'lanes'>,
  sentAt: number,
): ToldUser | undefined {
  if (!upsert) return undefined;
  const { userId, emailAddress, attributes = {}, events = [] } = upsert;
  const counts = new Map<string, number>();
  for (const { event } of events) counts.set(event, (counts.get(event) ?? 0) + 1);
  const tracked = lanes.find(({ lane }) => lane === userId)?.tracked ?? 0;
  return {
    userId,
    isTracked: tracked >= monthOf(sentAt),
    attributes: Object.keys(attributes).length + (emailAddress === undefined ? 0 : 1),
    events: [...counts],
  };
}
