import type { UserLeapReply, UserLeapRequest } from '@segment-userleap/userleap-api';

const HEADERS_READ = ['retry-after', 'ratelimit-reset'];

/**
 * Sends one request and reads the answer within `timeoutMs`. Never rejects, never follows a redirect. What is answered is
 * told by the status: a text that breaks off or does not end in time counts as none.
 */
export async function sendWithFetch(
  { url, method, headers, body }: UserLeapRequest,
  timeoutMs: number,
): Promise<UserLeapReply> {
  const controller = typeof AbortController === 'undefined' ? undefined : new AbortController();
  let timer: unknown;
  const timeout = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => {
      resolve(undefined);
      controller?.abort();
    }, timeoutMs);
  });
  const options = {
    method,
    headers,
    redirect: 'manual' as const,
    ...(body === undefined ? {} : { body }),
    ...(controller && { signal: controller.signal }),
  };
  try {
    const response = await Promise.race([fetch(url, options), timeout]);
    if (!response) return { failure: 'timeout' };
    const text = await Promise.race([response.text(), timeout]).catch(() => undefined);
    return { status: response.status, headers: readHeaders(response.headers), body: text ?? '' };
  } catch {
    // The error's text may quote the request; why it failed does not change what is done.
    return { failure: 'network_failure' };
  } finally {
    clearTimeout(timer);
  }
}

function readHeaders(headers: { get(name: string): string | null }): Readonly<Record<string, string>> {
  return Object.fromEntries(
    HEADERS_READ.flatMap((name) => {
      const value = headers.get(name);
      return value === null ? [] : [[name, value]];
    }),
  );
}
