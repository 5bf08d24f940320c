const USER_PATH = /^(?:\/v2\/users\/([^/]+)|\/v1\/users\/([^/]+)\/events)$/;

/** The decoded user id in a path that names one; `undefined` otherwise, or when it is not URL-encoded properly. */
export function userIdInPath(path: string): string | undefined {
  const match = USER_PATH.exec(path);
  const encoded = match?.[1] ?? match?.[2];
  if (encoded === undefined) return undefined;
  try {
    return decodeURIComponent(encoded);
  } catch {
    return undefined;
  }
}
