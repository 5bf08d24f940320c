import type { UsersPort } from '@segment-userleap/delivery';

/** What a host remembers of users that forgets nothing. `now`: epoch milliseconds. */
export function rememberedUsers(now: () => number): UsersPort {
  const known = new Set<string>();
  const told = new Map<string, number>();
  const memories = new Map<string, Uint8Array>();
  let hasAnswered = false;
  return {
    isKnown: async (userId) => known.has(userId),
    remember: async (userId) => void known.add(userId),
    erased: async (userId) => {
      known.delete(userId);
      memories.delete(userId);
    },
    lastTold: async (userId) => told.get(userId),
    told: async (userId) => void told.set(userId, now()),
    loadMemory: async (userId) => memories.get(userId),
    keepMemory: async (userId, memory) => void memories.set(userId, memory),
    secret: [1, 2],
    hasAnswered: async () => hasAnswered,
    answered: async () => void (hasAnswered = true),
  };
}
