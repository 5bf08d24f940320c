import { deliverEvents } from '@segment-userleap/delivery';
import type { Settings } from '@segment-userleap/mapping';
import type { UserLeapReply, UserLeapRequest } from '@segment-userleap/userleap-api';
import type { Preview, PreviewedRequest } from '../../api/records';

/** What one event alone becomes, its user known. Nothing is sent: every request is answered as if it went well. */
export async function previewEvent(event: unknown, settings: Settings, now: number): Promise<Preview> {
  const requests: PreviewedRequest[] = [];
  const [outcome] = await deliverEvents([event], settings, {
    async send(request) {
      requests.push(describe(request, settings));
      return answer(request);
    },
    knownUsers: { isKnown: async () => true, remember: async () => undefined, forget: async () => undefined },
    now: () => now,
  });
  if (!outcome) throw new Error('an event was left without an outcome');
  const { warnings } = outcome;
  return outcome.outcome === 'delivered'
    ? { outcome: outcome.outcome, reason: null, message: null, warnings, requests }
    : { outcome: outcome.outcome, reason: outcome.reason, message: outcome.message, warnings, requests };
}

function describe({ method, url, body }: UserLeapRequest, { endpoint }: Settings): PreviewedRequest {
  return { method, path: url.slice(endpoint.length), body: body === undefined ? null : (JSON.parse(body) as unknown) };
}

/** A user that is looked up is there, and has nothing. */
function answer({ kind }: UserLeapRequest): UserLeapReply {
  return { status: kind === 'upsert' ? 202 : 200, headers: {}, body: '{}' };
}
