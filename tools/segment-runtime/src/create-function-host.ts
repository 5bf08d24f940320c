import { classifyBatchResult } from './classify-batch-result';
import { classifyThrown } from './classify-thrown';
import { collectConsole } from './collect-console';
import { createCache, type FunctionCache } from './create-cache';
import { createRealm, removeGlobals } from './create-realm';
import { installErrorClasses } from './error-classes';
import type { FunctionHostOptions } from './function-host-options';
import { handlerNameFor, type HandlerName } from './handler-name';
import { hostGlobals } from './host-globals';
import { installClock } from './install-clock';
import { loadHandlers } from './load-handlers';
import { createRealmCopier } from './realm-copier';
import { type Ending, runWithin } from './run-within';
import type { Verdict } from './verdict';

/** One loaded function. Its module state and cache live as long as the host does, as on a warm instance. */
export interface FunctionHost {
  /** The handlers that the code exposes. */
  readonly handlers: readonly HandlerName[];
  /** Gives an event to the handler of its `type`; without one it is discarded as unsupported. Does not reject. */
  deliver(event: unknown, settings: unknown): Promise<Verdict>;
  /** Gives events to `onBatch` and returns one verdict each, by position. Does not reject. */
  deliverBatch(events: readonly unknown[], settings: unknown): Promise<readonly Verdict[]>;
  /** What the code wrote to its console so far, one entry a call. Nothing is printed. */
  consoleOutput(): readonly string[];
  /** Everything that the code has cached is gone, as it may be at Segment at any time. */
  emptyCache(): void;
}

const SEGMENT_TIME_LIMIT_MS = 5_000;

/**
 * Loads the code of a Segment Destination Function in a fresh realm, as Segment would.
 *
 * @throws {Error} when the code has a syntax error, throws while it loads, or takes too long to load
 */
export function createFunctionHost(options: FunctionHostOptions): FunctionHost {
  const collected = collectConsole();
  const newCache = (): FunctionCache => createCache(options.cache ?? 'works', options.now ?? Date.now);
  let cache = newCache();
  const sameCache: FunctionCache = {
    load: (key, ttlMs, loadValue) => cache.load(key, ttlMs, loadValue),
    delete: (key) => cache.delete(key),
  };
  const realm = createRealm({ ...hostGlobals(collected.console, sameCache), ...options.replace });
  const errorClasses = installErrorClasses(realm);
  if (options.now) installClock(realm, options.now);
  const intoRealm = options.eventRealm === 'outside' ? (value: unknown) => value : createRealmCopier(realm);
  removeGlobals(realm, options.without ?? []);

  const loadTimeLimitMs = options.loadTimeLimitMs ?? SEGMENT_TIME_LIMIT_MS;
  const handlers = loadHandlers(realm, options.code, options.loader, loadTimeLimitMs);

  const timeLimitMs = options.timeLimitMs ?? SEGMENT_TIME_LIMIT_MS;
  const call = async (name: HandlerName | undefined, input: unknown, settings: unknown): Promise<Ending> => {
    const handler = name && handlers.get(name);
    if (!handler) {
      const thrown = new errorClasses.EventNotSupported(`${name ?? 'a handler for this type'} is not defined`);
      return { ended: 'threw', thrown };
    }
    const copies = [intoRealm(input), intoRealm(settings)] as const;
    return runWithin(timeLimitMs, () => handler(...copies));
  };
  const classifyFailure = (ending: Exclude<Ending, { ended: 'returned' }>): Verdict =>
    ending.ended === 'timed-out'
      ? { verdict: 'retried', message: `time-out: the handler took more than ${timeLimitMs} ms` }
      : classifyThrown(ending.thrown, errorClasses);

  return {
    handlers: [...handlers.keys()],
    async deliver(event, settings) {
      const ending = await call(handlerNameFor(event), event, settings);
      return ending.ended === 'returned' ? { verdict: 'delivered' } : classifyFailure(ending);
    },
    async deliverBatch(events, settings) {
      // Counted first: a handler that is given the caller's own array may change it.
      const count = events.length;
      const ending = await call('onBatch', events, settings);
      return ending.ended === 'returned'
        ? classifyBatchResult(ending.value, count)
        : Array.from({ length: count }, () => classifyFailure(ending));
    },
    consoleOutput: collected.output,
    emptyCache() {
      cache = newCache();
    },
  };
}
