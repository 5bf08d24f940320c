import type { RecordedRequest } from '@segment-userleap/userleap-sandbox';
import type { ExpectedRequest } from './vector';

/** A request as text, so that two are equal only if their bytes are. */
type RequestLine = string;

/** What UserLeap got, by user; of different users hosts may mix the order. */
export function linesByUser(requests: readonly RecordedRequest[]): Readonly<Record<string, readonly RequestLine[]>> {
  return group(
    requests.map(({ method, path, bodyText, body }) => [userOf(path, body), `${method} ${path} ${bodyText}`]),
  );
}

/** The same of what a vector expects. */
export function expectedLinesByUser(
  requests: readonly ExpectedRequest[],
): Readonly<Record<string, readonly RequestLine[]>> {
  return group(
    requests.map(({ method, path, body }) => {
      const text = body === undefined ? '' : JSON.stringify(body);
      return [userOf(path, body), `${method} ${path} ${text}`];
    }),
  );
}

function userOf(path: string, body: unknown): string {
  if (path.startsWith('/v2/users/')) return decodeURIComponent(path.slice('/v2/users/'.length));
  if (typeof body === 'object' && body !== null && 'userId' in body) return String(body.userId);
  return path;
}

function group(lines: readonly (readonly [user: string, line: RequestLine])[]): Record<string, RequestLine[]> {
  const groups: Record<string, RequestLine[]> = {};
  for (const [user, line] of lines) (groups[`user ${user}`] ??= []).push(line);
  return groups;
}
