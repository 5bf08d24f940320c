import { readRefusalSentence } from './refusal-sentence';
import type { UserLeapReply } from './reply';
import type { UserLeapRequest } from './requests';
import { readRetryDelay } from './retry-delay';

/** What a reply means for what was sent. */
export type ReplyClass =
  | { readonly kind: 'accepted'; readonly body: string }
  /** Of a look-up: UserLeap does not know the user (yet). Of a purge: none of its users. */
  | { readonly kind: 'unknown_user' }
  /** Only of a purge: as much, if this is UserLeap's address at all. */
  | { readonly kind: 'not_found' }
  /** Not now; `delayMs` where UserLeap said how long. `isForAll`: no other request can succeed now, either. */
  | {
      readonly kind: 'retry';
      readonly reason:
        | 'rate_limited'
        | 'server_error'
        | 'timeout'
        | 'network_failure'
        | 'out_of_time'
        | 'unexpected_reply'
        /** Nor later in this month. */
        | 'monthly_limit';
      readonly delayMs?: number;
      readonly isForAll?: true;
    }
  /** The key or the address is wrong, not what was sent; `purge_not_allowed` says so of purges alone. */
  | {
      readonly kind: 'misconfigured';
      readonly reason: 'unauthorized' | 'purge_not_allowed' | 'unexpected_redirect' | 'wrong_endpoint';
    }
  /** Never as it stands; in UserLeap's own words. `isTooLarge`: what was sent is, and parts of it need not be. */
  | { readonly kind: 'refused'; readonly sentence: string; readonly isTooLarge: boolean };

/** Sorts UserLeap's reply by who must act and whether sending again can help. `now` in epoch milliseconds. */
export function classifyReply(
  request: Pick<UserLeapRequest, 'kind'>,
  reply: UserLeapReply,
  { apiKey, now }: { apiKey: string; now: number },
): ReplyClass {
  if ('failure' in reply) return { kind: 'retry', reason: reply.failure };
  const { status, headers, body } = reply;
  if ([200, 201, 202, 204].includes(status)) return { kind: 'accepted', body };
  const isPurge = request.kind === 'purge';
  if (isPurge && [401, 403, 405].includes(status)) return { kind: 'misconfigured', reason: 'purge_not_allowed' };
  // None of the users exists (another integration's notes and tests, rudder-transformer, 2025).
  if (isPurge && status === 400) return { kind: 'unknown_user' };
  if (status === 404) return classifyNotFound(request);
  // Of look-ups, too: a wrong address must not cost an event.
  if (status === 405) return { kind: 'misconfigured', reason: 'wrong_endpoint' };
  if (status === 401 || status === 403) return { kind: 'misconfigured', reason: 'unauthorized' };
  if (status >= 300 && status < 400) return { kind: 'misconfigured', reason: 'unexpected_redirect' };
  const delayMs = readRetryDelay(headers, now);
  const delay = delayMs === undefined ? {} : { delayMs };
  if (status === 429) return { kind: 'retry', reason: 'rate_limited', ...delay, isForAll: true };
  if (status === 408) return { kind: 'retry', reason: 'timeout', ...delay };
  // RFC 9110, 15.6.4: the service is unavailable, and says for how long.
  if (status === 503 && delayMs !== undefined)
    return { kind: 'retry', reason: 'server_error', delayMs, isForAll: true };
  if (status === 425 || status >= 500) return { kind: 'retry', reason: 'server_error', ...delay };
  if (status >= 400) {
    return { kind: 'refused', sentence: readRefusalSentence(status, body, apiKey), isTooLarge: status === 413 };
  }
  return { kind: 'retry', reason: 'unexpected_reply', ...delay };
}

function classifyNotFound({ kind }: Pick<UserLeapRequest, 'kind'>): ReplyClass {
  switch (kind) {
    case 'upsert':
      return { kind: 'misconfigured', reason: 'wrong_endpoint' };
    case 'lookup':
      return { kind: 'unknown_user' };
    case 'purge':
      return { kind: 'not_found' };
  }
}
