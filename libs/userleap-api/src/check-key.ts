import type { ApiCredentials } from './api-credentials';
import type { UserLeapReply } from './reply';
import { buildLookupRequest } from './requests';
import type { UserLeapRequest } from './requests';

// Nobody has it: a look-up of it changes nothing, and is answered 404 where the key is taken.
const NOBODY = 'segment-userleap: is this key right?';

/** What came of trying a key. `status`: UserLeap's; null where no answer came. `message`: a sentence for a person. */
export interface KeyCheck {
  readonly ok: boolean;
  readonly status: number | null;
  readonly message: string;
}

/** A request that tells whether UserLeap takes a key, and changes nothing there. */
export function buildKeyCheck(credentials: ApiCredentials): UserLeapRequest {
  return buildLookupRequest(NOBODY, credentials);
}

/** What the reply to `buildKeyCheck` says of the key. */
export function judgeKeyCheck(reply: UserLeapReply): KeyCheck {
  if ('failure' in reply) {
    const what = reply.failure === 'timeout' ? 'UserLeap did not answer in time' : 'UserLeap could not be reached';
    return { ok: false, status: null, message: reply.note ?? `${what}: check endpoint, and the way there` };
  }
  const { status } = reply;
  const ok = status === 404 || status === 200;
  return { ok, status, message: sentenceOf(status, ok) };
}

function sentenceOf(status: number, ok: boolean): string {
  if (ok) return 'UserLeap takes the key';
  if (status === 401 || status === 403)
    return `UserLeap refuses the key (${status}): check apiKey, and that it belongs to endpoint`;
  if (status === 429) return 'UserLeap takes no more requests for now (429): try again later';
  if (status >= 500) return `UserLeap fails at the moment (${status}): try again later`;
  return `this is not UserLeap's answer (${status}): check endpoint`;
}
