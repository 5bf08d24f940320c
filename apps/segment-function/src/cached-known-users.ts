import type { KnownUsersPort } from '@segment-userleap/delivery';
import { environmentText } from '@segment-userleap/userleap-api';
import type { ApiCredentials } from '@segment-userleap/userleap-api';

// Another instance may have deleted the user meanwhile; a short memory bounds how long an event could create it anew.
const TTL_MS = 5 * 60 * 1000;
const ANSWERED_TTL_MS = 24 * 60 * 60 * 1000;

/** What is known of UserLeap's users in Segment's `cache`, which may forget or fail at any time: that costs a look-up, and seldom more. */
export function cachedKnownUsers(credentials: ApiCredentials): KnownUsersPort {
  // Instances are shared between destinations, and a key must not stand in the cache as text.
  const destination = crypto.createHash('sha256').update(environmentText(credentials)).digest('hex');
  const keyOf = (userId: string): string => `userleap:${destination}:${userId}`;
  const toldKeyOf = (userId: string): string => `userleap-told:${destination}:${userId}`;
  const answeredKey = `userleap:${destination}`;
  return {
    isKnown: (userId) => isKept(keyOf(userId), TTL_MS),
    remember: (userId) => keep(keyOf(userId), TTL_MS),
    async erased(userId) {
      await quietly(() => cache.delete(keyOf(userId)));
    },
    async lastTold(userId) {
      try {
        return (await cache.load(toldKeyOf(userId), TTL_MS, notKept)) as number;
      } catch {
        return undefined;
      }
    },
    async told(userId) {
      const now = Date.now();
      await quietly(() => cache.delete(toldKeyOf(userId)));
      await quietly(() => cache.load(toldKeyOf(userId), TTL_MS, async () => now));
    },
    hasAnswered: () => isKept(answeredKey, ANSWERED_TTL_MS),
    answered: () => keep(answeredKey, ANSWERED_TTL_MS),
  };
}

async function isKept(key: string, ttlMs: number): Promise<boolean> {
  try {
    return (await cache.load(key, ttlMs, notKept)) === true;
  } catch {
    return false;
  }
}

function keep(key: string, ttlMs: number): Promise<void> {
  return quietly(() => cache.load(key, ttlMs, async () => true));
}

// `cache` can only load; what a rejected load finds is not kept.
async function notKept(): Promise<never> {
  throw new Error('not kept');
}

async function quietly(action: () => unknown): Promise<void> {
  try {
    await action();
  } catch {
    // Forgetting is allowed.
  }
}
