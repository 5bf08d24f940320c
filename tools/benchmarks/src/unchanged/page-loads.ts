import { SeededRandom } from '@segment-userleap/relay-driver';
import type { TracedCall } from '../coalescing/play-calls';

export interface PageLoads {
  readonly loads: number;
  readonly users: number;
  readonly durationMs: number;
  readonly seed: number;
  /** Epoch milliseconds. */
  readonly start: number;
}

// What the SDK needs from one call to the next.
const BETWEEN_MS = 5;

/** Each page load is an Identify with the same ten traits of its user, and a Page: what the vendors' examples tell people to do. */
export function pageLoads({ loads, users, durationMs, seed, start }: PageLoads): readonly TracedCall[] {
  const random = new SeededRandom(seed);
  const times = Array.from({ length: loads }, () => random.between(0, durationMs)).sort((one, other) => one - other);
  const calls = times.flatMap((time, load): readonly TracedCall[] => {
    const userId = `user-${random.between(1, users)}`;
    const common = (at: number) => ({ userId, timestamp: new Date(start + at).toISOString() });
    const page = time + BETWEEN_MS;
    return [
      { at: time, event: { type: 'identify', messageId: `i${load}`, ...common(time), traits: traitsOf(userId) } },
      { at: page, event: { type: 'page', messageId: `p${load}`, ...common(page), properties: { url: PRICING } } },
    ];
  });
  return calls.sort((one, other) => one.at - other.at);
}

const PRICING = 'https://example.com/pricing';

function traitsOf(userId: string): Readonly<Record<string, string | number | boolean>> {
  return {
    email: `${userId}@example.com`,
    firstName: 'Ann',
    lastName: userId,
    company: 'Example Inc.',
    plan: 'business',
    seats: 25,
    isAdmin: false,
    language: 'en-GB',
    country: 'DE',
    createdAt: '2025-03-01T09:00:00.000Z',
  };
}
