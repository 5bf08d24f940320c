import { isRecord } from './is-record';
import { userIdInPath } from './user-id-in-path';

/** Whether a request is about a user: in the path, as the body's `userId`, or among its `userIds`. */
export function mentionsUser({ path, body }: { path: string; body: unknown }, userId: string): boolean {
  if (userIdInPath(path) === userId) return true;
  if (!isRecord(body)) return false;
  return body['userId'] === userId || (Array.isArray(body['userIds']) && body['userIds'].includes(userId));
}
