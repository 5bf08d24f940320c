import type { KnownUsersPort } from '@segment-userleap/delivery';
import type { ApiCredentials } from '@segment-userleap/userleap-api';

// Another instance may have deleted the user meanwhile; a short memory bounds how long an event could create it anew.
const TTL_MS = 5 * 60 * 1000;

/** Known users in Segment's `cache`, which may forget or fail at any time: that costs a look-up, nothing else. */
export function cachedKnownUsers({ endpoint, apiKey }: ApiCredentials): KnownUsersPort {
  // Instances are shared between destinations, and a key must not stand in the cache as text.
  const destination = crypto.createHash('sha256').update(`${endpoint} ${apiKey}`).digest('hex');
  const keyOf = (userId: string): string => `userleap:${destination}:${userId}`;
  const toldKeyOf = (userId: string): string => `${keyOf(userId)}:told`;
  return {
    async isKnown(userId) {
      try {
        return (await cache.load(keyOf(userId), TTL_MS, notKnown)) === true;
      } catch {
        return false;
      }
    },
    async remember(userId) {
      await quietly(() => cache.load(keyOf(userId), TTL_MS, async () => true));
    },
    async erased(userId) {
      await quietly(() => cache.delete(keyOf(userId)));
    },
    async lastTold(userId) {
      try {
        return (await cache.load(toldKeyOf(userId), TTL_MS, notKnown)) as number;
      } catch {
        return undefined;
      }
    },
    async told(userId) {
      const now = Date.now();
      await quietly(() => cache.delete(toldKeyOf(userId)));
      await quietly(() => cache.load(toldKeyOf(userId), TTL_MS, async () => now));
    },
  };
}

// `cache` can only load; what a rejected load finds is not kept.
async function notKnown(): Promise<boolean> {
  throw new Error('not known');
}

async function quietly(action: () => unknown): Promise<void> {
  try {
    await action();
  } catch {
    // Forgetting is allowed.
  }
}
