import { hashText } from '@segment-userleap/delivery';
import type { UsersPort } from '@segment-userleap/delivery';
import { environmentText } from '@segment-userleap/userleap-api';
import type { ApiCredentials } from '@segment-userleap/userleap-api';
import { createAskCache } from './ask-cache';

// Another instance may have deleted the user meanwhile; a short memory bounds how long an event could create it anew.
const TTL_MS = 5 * 60 * 1000;
// As long as Segment sends an event again.
const MEMORY_TTL_MS = 4 * 60 * 60 * 1000;
const ANSWERED_TTL_MS = 24 * 60 * 60 * 1000;

/**
 * For how long an Identify that tells nothing new makes no request. Another instance, which this one knows nothing of, may have
 * told UserLeap another value meanwhile: that is made up for after so long.
 */
export const UNCHANGED_MS = TTL_MS;

/**
 * What is known of UserLeap's users in Segment's `cache`, which may forget, fail or hang at any time: that costs a look-up, or a
 * request that tells nothing new, and seldom more.
 */
export function cachedUsers(credentials: ApiCredentials): UsersPort {
  const askCache = createAskCache();
  // Instances are shared between destinations, and a key must not stand in the cache as text. 32 bits of it lead nobody back to
  // it, as it has four times as many.
  const text = environmentText(credentials);
  const [environment] = hashText(text, [0, 0]);
  const place = (what: string, userId: string): string => `userleap:${what}:${environment}:${userId}`;
  const load = (key: string, ttlMs: number): Promise<unknown> => askCache(() => cache.load(key, ttlMs, notKept));
  const keep = async (key: string, ttlMs: number, value: unknown): Promise<void> => {
    await askCache(() => cache.load(key, ttlMs, async () => value));
  };
  const forget = async (key: string): Promise<void> => {
    await askCache(() => cache.delete(key));
  };
  // What is kept already stays as it is.
  const replace = async (key: string, ttlMs: number, value: unknown): Promise<void> => {
    await forget(key);
    await keep(key, ttlMs, value);
  };
  return {
    isKnown: async (userId) => (await load(place('known', userId), TTL_MS)) === true,
    remember: (userId) => keep(place('known', userId), TTL_MS, true),
    erased: async (userId) => {
      await forget(place('known', userId));
      await forget(place('memory', userId));
    },
    lastTold: async (userId) => {
      const at = await load(place('told', userId), TTL_MS);
      return typeof at === 'number' ? at : undefined;
    },
    told: (userId) => replace(place('told', userId), TTL_MS, Date.now()),
    loadMemory: async (userId) => {
      const memory = await load(place('memory', userId), MEMORY_TTL_MS);
      return typeof memory === 'string' ? Uint8Array.from(memory, (one) => one.charCodeAt(0)) : undefined;
    },
    // As text: nobody says that the cache keeps anything else as it is.
    keepMemory: (userId, memory) => replace(place('memory', userId), MEMORY_TTL_MS, String.fromCharCode(...memory)),
    secret: hashText(text, [1, 1]),
    hasAnswered: async () => (await load(place('answered', ''), ANSWERED_TTL_MS)) === true,
    answered: () => keep(place('answered', ''), ANSWERED_TTL_MS, true),
  };
}

// `cache` can only load; what a rejected load finds is not kept.
async function notKept(): Promise<never> {
  throw new Error('not kept');
}
