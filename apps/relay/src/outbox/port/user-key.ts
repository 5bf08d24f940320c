import { createHash } from 'node:crypto';

// Far above what UserLeap takes as an id, far below what an index of PostgreSQL can hold.
const LONGEST = 512;

/** The id under which a user's events are kept and found: one beyond all limits by its beginning and its digest. */
export function userKey(userId: string): string {
  if (userId.length <= LONGEST) return userId;
  const digest = createHash('sha256').update(userId).digest('hex');
  return `${userId.slice(0, 100)}… (${digest})`;
}
