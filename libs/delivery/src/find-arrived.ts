import type { UserState } from '@segment-userleap/mapping';
import { groupByNames } from './group-by-names';
import type { Upserts } from './user-upserts';

type Upsert = Upserts[number];

/**
 * Which of one user's upserts UserLeap has, of those that may have been sent to it: `requests` as they were planned then, in
 * the order of sending; `shown`: the first and last time of each event that UserLeap shows; `toldBefore`: whether an upsert may have been
 * sent by another request before these: it tells nothing of them.
 *
 * An event whose time is the last of its name is there. One with a later time may be there or not: another source may have sent
 * the later one. But a request is taken whole or not at all, so where one event of it is there and nothing is missing, all of it
 * is; and it was not sent before those ahead of it were dealt with. Where something is missing, the request was refused perhaps, and
 * sent in parts, one name after the other (deliver-in-parts.ts): what is there of one name tells of those before it, and of its own only
 * itself. What has attributes alone is told by its request.
 */
export function findArrived(
  requests: readonly Upserts[],
  shown: UserState['events'],
  toldBefore: (upsert: Upsert) => boolean = () => false,
): Upserts {
  const lastOf = (event: string): number => shown.get(event)?.last ?? -Infinity;
  const isPassed = ({ operation }: Upsert): boolean =>
    operation.events.every(({ event, timestamp }) => lastOf(event) >= timestamp);
  const isThere = (one: Upsert): boolean =>
    isPassed(one) && one.operation.events.some(({ event, timestamp }) => lastOf(event) === timestamp);
  const placeOfLast = (lists: readonly Upserts[]): number =>
    lists.map((list) => list.some((one) => isThere(one) && !toldBefore(one))).lastIndexOf(true);
  const findInParts = (upserts: Upserts): Upserts => {
    const groups = groupByNames(upserts);
    const last = placeOfLast(groups);
    return groups.flatMap((group, at) => group.filter(at < last ? isPassed : isThere));
  };
  const last = placeOfLast(requests);
  return requests.flatMap((request, at) => {
    const counted = request.filter(hasEvents);
    if (at <= last && counted.length > 0 && counted.every(isPassed)) return request;
    return at < last ? counted.filter(isPassed) : findInParts(counted);
  });
}

/** What has none is no worse for being sent twice. */
export function hasEvents({ operation }: Upsert): boolean {
  return operation.events.length > 0;
}
