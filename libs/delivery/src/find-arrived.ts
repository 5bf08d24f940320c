import type { UserState } from '@segment-userleap/mapping';
import type { UserEvent } from '@segment-userleap/userleap-api';
import type { Upserts } from './user-upserts';

type Upsert = Upserts[number];

/**
 * Which of one user's upserts UserLeap has, of those that may have been sent to it: `requests` as they were planned then, in
 * the order of sending; `shown`: the first and last time of each event that UserLeap shows.
 *
 * An event whose time is the last of its name is there. One with a later time may be there or not: another source may have sent
 * the later one. But a request is taken whole or not at all, so where one event of it is there and nothing is missing, all of it
 * is; and it was not sent before those ahead of it were dealt with. Where something is missing, the request was refused perhaps,
 * and parts of it sent: only what is there for certain counts. What has attributes alone is told by its request.
 */
export function findArrived(requests: readonly Upserts[], shown: UserState['events']): Upserts {
  const lastOf = (event: string): number => shown.get(event)?.last ?? -Infinity;
  const isLast = ({ event, timestamp }: UserEvent): boolean => lastOf(event) === timestamp;
  const isPassed = ({ operation }: Upsert): boolean =>
    operation.events.every(({ event, timestamp }) => lastOf(event) >= timestamp);
  const isWhole = (request: Upserts): boolean =>
    request.every(isPassed) && request.some(({ operation }) => operation.events.some(isLast));
  const lastWhole = requests.map(isWhole).lastIndexOf(true);
  return requests.flatMap((request, at) => {
    const counted = request.filter(hasEvents);
    if (at > lastWhole) return counted.filter(({ operation }) => operation.events.every(isLast));
    return counted.length > 0 && counted.every(isPassed) ? request : counted.filter(isPassed);
  });
}

/** What has none is no worse for being sent twice. */
export function hasEvents({ operation }: Upsert): boolean {
  return operation.events.length > 0;
}
