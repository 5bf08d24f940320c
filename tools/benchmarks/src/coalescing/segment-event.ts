import type { TraceEvent } from './trace';

/** When the virtual hour begins. */
export const TRACE_START = Date.UTC(2026, 2, 2, 9);

/** An event of the trace as Segment sends it. Its time tells it from all others. */
export function segmentEvent({ at, user, type }: TraceEvent): Readonly<Record<string, unknown>> {
  const common = {
    type,
    messageId: `message-${at}`,
    userId: `user-${user}`,
    timestamp: new Date(TRACE_START + at).toISOString(),
  };
  switch (type) {
    case 'identify':
      return { ...common, traits: { plan: 'business', identifiedAt: at } };
    case 'track':
      return { ...common, event: `Event ${at % 50}`, properties: { revenue: 129.9, currency: 'EUR' } };
    case 'page':
      return { ...common, name: 'Pricing', properties: { url: 'https://example.com/pricing' } };
  }
}
