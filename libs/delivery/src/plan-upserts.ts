import type { UpsertOperation } from '@segment-userleap/mapping';
import { MAX_EVENTS_PER_UPSERT, MAX_UPSERT_BYTES } from '@segment-userleap/userleap-api';
import { mergeUpserts } from './merge-upserts';
import type { Pending } from './pending';
import { utf8Length } from './utf8-length';

/**
 * The fewest requests for one user's upserts, given in order of arrival; each as the operations that it carries, within the
 * limits on events and bytes. All that create the user go into the first request, so that no event of it has to ask whether the
 * user is known; otherwise in order of event time, ties in order of arrival.
 */
export function planUpserts(
  userId: string,
  pending: readonly Pending<UpsertOperation>[],
): readonly (readonly Pending<UpsertOperation>[])[] {
  const ordered = [...pending].sort((a, b) => a.operation.at - b.operation.at);
  const creating = ordered.filter(({ operation }) => operation.createsUser);
  const emptyBody = bodyLength(userId, []);
  let request = [...creating];
  let bytes = bodyLength(userId, creating);
  let events = 0;
  const requests = [request];
  for (const one of ordered.filter(({ operation }) => !operation.createsUser)) {
    const more = eventsLength(one);
    const isFull = events + one.operation.events.length > MAX_EVENTS_PER_UPSERT || bytes + more > MAX_UPSERT_BYTES;
    if (isFull) {
      request = [];
      requests.push(request);
      bytes = emptyBody;
      events = 0;
    }
    request.push(one);
    bytes += more;
    events += one.operation.events.length;
  }
  return requests.map((upserts) => [...upserts].sort((a, b) => a.operation.at - b.operation.at || a.index - b.index));
}

const EVENTS_KEY = ',"events":[]'.length;

function bodyLength(userId: string, pending: readonly Pending<UpsertOperation>[]): number {
  return utf8Length(JSON.stringify(mergeUpserts(userId, pending).upsert)) + EVENTS_KEY;
}

function eventsLength({ operation }: Pending<UpsertOperation>): number {
  const { events } = operation;
  // A comma follows each, in place of two brackets around all.
  return events.length === 0 ? 0 : utf8Length(JSON.stringify(events)) - 1;
}
