import { deliverEvents } from '@segment-userleap/delivery';
import type { Settings, Warning } from '@segment-userleap/mapping';

/** What an event alone becomes: how it would end, and the requests that would be sent for it. */
export interface EventPart {
  readonly outcome: string;
  readonly reason: string | null;
  readonly message: string | null;
  readonly warnings: readonly Warning[];
  readonly requests: readonly { readonly method: string; readonly path: string; readonly body: unknown }[];
}

/** What an event becomes under these settings where its user is known. Nothing is sent. */
export async function describePart(event: unknown, settings: Settings, now: number): Promise<EventPart | null> {
  const requests: EventPart['requests'][number][] = [];
  const [outcome] = await deliverEvents([event], settings, {
    async send({ kind, method, url, body }) {
      const sent: unknown = body === undefined ? null : JSON.parse(body);
      requests.push({ method, path: url.slice(settings.endpoint.length), body: sent });
      return { status: kind === 'lookup' ? 200 : 202, headers: {}, body: '{}' };
    },
    knownUsers: { isKnown: async () => true, remember: async () => undefined, forget: async () => undefined },
    now: () => now,
  });
  if (!outcome) return null;
  const { reason, message } = outcome.outcome === 'delivered' ? { reason: null, message: null } : outcome;
  return { outcome: outcome.outcome, reason, message, warnings: outcome.warnings, requests };
}
