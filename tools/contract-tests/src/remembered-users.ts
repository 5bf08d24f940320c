import type { KnownUsersPort } from '@segment-userleap/delivery';

/** What a host remembers of users that forgets nothing. `now`: epoch milliseconds. */
export function rememberedUsers(now: () => number): KnownUsersPort {
  const known = new Set<string>();
  const told = new Map<string, number>();
  let hasAnswered = false;
  return {
    isKnown: async (userId) => known.has(userId),
    remember: async (userId) => void known.add(userId),
    erased: async (userId) => void known.delete(userId),
    lastTold: async (userId) => told.get(userId),
    told: async (userId) => void told.set(userId, now()),
    hasAnswered: async () => hasAnswered,
    answered: async () => void (hasAnswered = true),
  };
}
