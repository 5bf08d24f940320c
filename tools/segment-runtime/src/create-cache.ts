export type CacheMode = 'works' | 'forgets' | 'throws' | 'hangs';

interface Entry {
  value: Promise<unknown>;
  /** `undefined` while the value is still loading. */
  expiresAt?: number;
}

type LoadValue = () => unknown;

export interface FunctionCache {
  load(key: string, ttlMs: number | undefined, loadValue: LoadValue): Promise<unknown>;
  delete(key: string): unknown;
}

export function createCache(mode: CacheMode, now: () => number): FunctionCache {
  switch (mode) {
    case 'works':
      return createKeepingCache(now);
    case 'forgets':
      return { load: async (_key, _ttlMs, loadValue) => loadValue(), delete: () => undefined };
    case 'throws':
      return { load: async () => fail(), delete: fail };
    case 'hangs':
      return { load: hang, delete: hang };
  }
}

function fail(): never {
  throw new Error('the cache is out of order');
}

function hang(): Promise<never> {
  return new Promise(() => undefined);
}

function createKeepingCache(now: () => number): FunctionCache {
  const entries = new Map<string, Entry>();
  const isUsable = ({ expiresAt }: Entry) => expiresAt === undefined || now() < expiresAt;

  return {
    async load(key, ttlMs, loadValue) {
      const found = entries.get(key);
      if (found && isUsable(found)) return found.value;

      const entry: Entry = { value: (async () => loadValue())() };
      entries.set(key, entry);
      try {
        const value = await entry.value;
        entry.expiresAt = expiryOf(ttlMs, now);
        return value;
      } catch (thrown) {
        // A `delete` and a second load may have come in between: drop only our own failure.
        if (entries.get(key) === entry) entries.delete(key);
        throw thrown;
      }
    },
    delete: (key) => void entries.delete(key),
  };
}

// "If omitted or set to -1, the value will have no expiry": Segment documentation, Functions runtime, late 2026.
function expiryOf(ttlMs: number | undefined, now: () => number): number {
  return ttlMs === undefined || ttlMs === -1 ? Infinity : now() + ttlMs;
}
