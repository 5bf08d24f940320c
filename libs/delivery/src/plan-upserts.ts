import type { UpsertOperation } from '@segment-userleap/mapping';
import type { Pending } from './pending';
import { RequestRoom } from './request-room';

/**
 * The fewest requests for one user's upserts, given in order of arrival; each as the operations that it carries, within the
 * limits on events and bytes. All that create the user go into the first request, so that no event of it has to ask whether the
 * user is known; otherwise in order of event time, ties in order of arrival.
 */
export function planUpserts(
  userId: string,
  pending: readonly Pending<UpsertOperation>[],
): readonly (readonly Pending<UpsertOperation>[])[] {
  // Most turns: nothing has to be weighed.
  if (pending.length === 1) return [pending];
  const ordered = [...pending].sort((a, b) => a.operation.at - b.operation.at);
  let request = ordered.filter(({ operation }) => operation.createsUser);
  let room = new RequestRoom(userId, request);
  const requests = [request];
  for (const one of ordered.filter(({ operation }) => !operation.createsUser)) {
    if (!room.take(one)) {
      request = [];
      requests.push(request);
      room = new RequestRoom(userId, []);
      room.take(one);
    }
    request.push(one);
  }
  return requests.map((upserts) => [...upserts].sort((a, b) => a.operation.at - b.operation.at || a.index - b.index));
}
