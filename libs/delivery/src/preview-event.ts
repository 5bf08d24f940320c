import { mapClaimable } from '@segment-userleap/mapping';
import type { Outcome, ReasonCode, Settings, Warning } from '@segment-userleap/mapping';
import type { UserLeapReply, UserLeapRequest } from '@segment-userleap/userleap-api';
import { deliverEvents } from './deliver-events';
import type { UsersPort } from './delivery-ports';

/** A request to UserLeap as a person reads it; no header, and so no key. */
export interface PreviewRequest {
  readonly method: 'GET' | 'POST';
  /** What follows the endpoint. */
  readonly path: string;
  /** Null where there is none. */
  readonly body: unknown;
}

/** What becomes of one event. */
export interface Preview {
  readonly outcome: Outcome['outcome'];
  /** Null where it is delivered. */
  readonly reason: ReasonCode | null;
  readonly message: string | null;
  readonly warnings: readonly Warning[];
  readonly requests: readonly PreviewRequest[];
}

/**
 * What one event alone becomes, whatever it is: nothing is sent. As if UserLeap knew its user, with nothing kept of it, not yet
 * the new one of an Alias, and took every request. `now`: epoch milliseconds.
 */
export async function previewEvent(event: unknown, settings: Settings, now: number): Promise<Preview> {
  const requests: PreviewRequest[] = [];
  let lookups = 0;
  const send = async (request: UserLeapRequest): Promise<UserLeapReply> => {
    requests.push(describeRequest(request, settings));
    // The second look-up is that of an Alias' new user.
    const status = request.kind === 'lookup' && ++lookups === 2 ? 404 : 200;
    return { status, headers: {}, body: '{}' };
  };
  const ports = { send, users: EVERYBODY, now: () => now, unchangedMs: 0, mapEvent: mapClaimable };
  const [outcome] = await deliverEvents([event], settings, ports);
  if (!outcome) throw new Error('an event was left without an outcome');
  return { ...describeOutcome(outcome), requests };
}

const EVERYBODY: UsersPort = {
  isKnown: async () => true,
  remember: async () => undefined,
  erased: async () => undefined,
  lastTold: async () => undefined,
  hasAnswered: async () => true,
  answered: async () => undefined,
  loadMemory: async () => undefined,
  keepMemory: async () => undefined,
  secret: [0, 0],
};

function describeRequest({ method, url, body }: UserLeapRequest, { endpoint }: Settings): PreviewRequest {
  return { method, path: url.slice(endpoint.length), body: body === undefined ? null : (JSON.parse(body) as unknown) };
}

function describeOutcome(outcome: Outcome): Omit<Preview, 'requests'> {
  const { warnings } = outcome;
  if (outcome.outcome === 'delivered') return { outcome: 'delivered', reason: null, message: null, warnings };
  const { reason, message } = outcome;
  return { outcome: outcome.outcome, reason, message, warnings };
}
