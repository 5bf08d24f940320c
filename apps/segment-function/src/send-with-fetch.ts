import type { UserLeapReply, UserLeapRequest } from '@segment-userleap/userleap-api';

const HEADERS_READ = ['retry-after', 'ratelimit-reset', 'date'];

/**
 * Sends one request; the answer, or that there was none within `timeoutMs`. Never rejects, never follows a redirect. What is
 * answered is told by the status: a text that breaks off or does not end in time counts as none, and one that nobody reads
 * is not waited for.
 */
export async function sendWithFetch(request: UserLeapRequest, timeoutMs: number): Promise<UserLeapReply> {
  const { url, method, headers, body } = request;
  const controller = typeof AbortController === 'undefined' ? undefined : new AbortController();
  let timer: unknown;
  const timeout = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => {
      resolve(undefined);
      controller?.abort();
    }, timeoutMs);
  });
  const stopTimer = (): void => clearTimeout(timer);
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
    // Also one that nobody reads is taken off its connection, which is free for the next request then; in its own time.
    const text = response.text().catch(() => '');
    void text.then(stopTimer);
    const { status } = response;
    const read = isTextRead(request, status) ? await Promise.race([text, timeout]) : undefined;
    return { status, headers: readHeaders(response.headers), body: read ?? '' };
  } catch {
    stopTimer();
    // The error's text may quote the request; why it failed does not change what is done.
    return { failure: 'network_failure' };
  }
}

/** Of a look-up the profile is read, and of a refusal its sentence. */
function isTextRead({ kind }: UserLeapRequest, status: number): boolean {
  return kind === 'lookup' || (status >= 400 && status < 500);
}

function readHeaders(headers: { get(name: string): string | null }): Readonly<Record<string, string>> {
  return Object.fromEntries(
    HEADERS_READ.flatMap((name) => {
      const value = headers.get(name);
      return value === null ? [] : [[name, value]];
    }),
  );
}
