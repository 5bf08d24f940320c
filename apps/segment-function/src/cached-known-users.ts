import type { KnownUsersPort } from '@segment-userleap/delivery';
import { environmentText } from '@segment-userleap/userleap-api';
import type { ApiCredentials } from '@segment-userleap/userleap-api';
import { createAskCache } from './ask-cache';
import { hashText } from './hash-text';

// Another instance may have deleted the user meanwhile; a short memory bounds how long an event could create it anew.
const TTL_MS = 5 * 60 * 1000;
const ANSWERED_TTL_MS = 24 * 60 * 60 * 1000;

/**
 * What is known of UserLeap's users in Segment's `cache`, which may forget, fail or hang at any time: that costs a look-up, and
 * seldom more.
 */
export function cachedKnownUsers(credentials: ApiCredentials): KnownUsersPort {
  const askCache = createAskCache();
  // Instances are shared between destinations, and a key must not stand in the cache as text.
  const environment = hashText(environmentText(credentials));
  const knownKey = (userId: string): string => `userleap:known:${environment}:${userId}`;
  const toldKey = (userId: string): string => `userleap:told:${environment}:${userId}`;
  const answeredKey = `userleap:answered:${environment}`;
  const load = (key: string, ttlMs: number): Promise<unknown> => askCache(() => cache.load(key, ttlMs, notKept));
  const keep = async (key: string, ttlMs: number, value: unknown): Promise<void> => {
    await askCache(() => cache.load(key, ttlMs, async () => value));
  };
  return {
    isKnown: async (userId) => (await load(knownKey(userId), TTL_MS)) === true,
    remember: (userId) => keep(knownKey(userId), TTL_MS, true),
    erased: async (userId) => {
      await askCache(() => cache.delete(knownKey(userId)));
    },
    lastTold: async (userId) => {
      const at = await load(toldKey(userId), TTL_MS);
      return typeof at === 'number' ? at : undefined;
    },
    told: async (userId) => {
      const now = Date.now();
      // What is kept already stays as it is.
      await askCache(() => cache.delete(toldKey(userId)));
      await keep(toldKey(userId), TTL_MS, now);
    },
    hasAnswered: async () => (await load(answeredKey, ANSWERED_TTL_MS)) === true,
    answered: () => keep(answeredKey, ANSWERED_TTL_MS, true),
  };
}

// `cache` can only load; what a rejected load finds is not kept.
async function notKept(): Promise<never> {
  throw new Error('not kept');
}
