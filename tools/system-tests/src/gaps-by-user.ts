import type { RecordedRequest } from '@segment-userleap/userleap-sandbox';

/** Milliseconds between each request and the one before it for the same user, look-ups and upserts alike. */
export function gapsByUser(requests: readonly RecordedRequest[]): readonly number[] {
  const last = new Map<string, number>();
  return requests.flatMap(({ path, body, receivedAt }) => {
    const userId = (body as { userId: string } | null)?.userId ?? path;
    const before = last.get(userId);
    last.set(userId, Date.parse(receivedAt));
    return before === undefined ? [] : [Date.parse(receivedAt) - before];
  });
}
