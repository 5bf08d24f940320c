import type { UserLeapReply, UserLeapRequest } from '@segment-userleap/userleap-api';

const HEADERS_READ = ['retry-after', 'ratelimit-reset'];

/** Sends one request and reads the whole answer within `timeoutMs`. Never rejects, never follows a redirect. */
export async function sendWithFetch(request: UserLeapRequest, timeoutMs: number): Promise<UserLeapReply> {
  const controller = typeof AbortController === 'undefined' ? undefined : new AbortController();
  let timer: unknown;
  const timeout = new Promise<UserLeapReply>((resolve) => {
    timer = setTimeout(() => {
      resolve({ failure: 'timeout' });
      controller?.abort();
    }, timeoutMs);
  });
  try {
    return await Promise.race([exchange(request, controller?.signal), timeout]);
  } finally {
    clearTimeout(timer);
  }
}

async function exchange({ url, method, headers, body }: UserLeapRequest, signal: unknown): Promise<UserLeapReply> {
  try {
    const response = await fetch(url, {
      method,
      headers,
      redirect: 'manual',
      ...(body === undefined ? {} : { body }),
      ...(signal === undefined ? {} : { signal }),
    });
    const text = await response.text();
    return { status: response.status, headers: readHeaders(response.headers), body: text };
  } catch {
    // The error's text may quote the request; why it failed does not change what is done.
    return { failure: 'network_failure' };
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
