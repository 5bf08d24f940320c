import crypto from 'node:crypto';
import { clearTimeout, setTimeout } from 'node:timers';
import { createContext, runInContext, Script } from 'node:vm';
import { cpuTimeMs } from './cpu-time';

/** A function in a fresh realm, with a UserLeap that takes everything at once. */
export interface LoadedFunction {
  /** CPU time from the text to the handlers, milliseconds. */
  readonly loadMs: number;
  readonly handlers: Readonly<Record<'onIdentify' | 'onTrack', SingleHandler>> & { readonly onBatch: BatchHandler };
  /** How many requests it has sent so far. */
  requests(): number;
}

export type SingleHandler = (event: object, settings: object) => Promise<void>;
export type BatchHandler = (events: readonly object[], settings: object) => Promise<readonly { status: number }[]>;

const ERROR_CLASSES = ['RetryError', 'EventNotSupported', 'InvalidEventPayload', 'ValidationError'];
const ACCEPTED = { status: 202, headers: { get: () => null }, text: async () => 'Accepted' };

let loads = 0;

export function loadFunction(code: string): LoadedFunction {
  let requests = 0;
  const fetch = async (): Promise<typeof ACCEPTED> => {
    requests += 1;
    return ACCEPTED;
  };
  const realm = createContext({ fetch, crypto, console, setTimeout, clearTimeout, AbortController, cache: keepAll() });
  runInContext(ERROR_CLASSES.map((name) => `class ${name} extends Error {}`).join('\n'), realm);
  // V8 knows a text that it has compiled before: each load is of another one.
  const text = `${code}\n// ${(loads += 1)}`;
  const start = cpuTimeMs();
  new Script(text).runInContext(realm);
  const loadMs = cpuTimeMs() - start;
  const handlers = runInContext('({ onIdentify, onTrack, onBatch })', realm) as LoadedFunction['handlers'];
  return { loadMs, handlers, requests: () => requests };
}

/** Segment's `cache`, without an end to what it keeps. */
function keepAll(): object {
  const entries = new Map<string, unknown>();
  return {
    async load(key: string, _ttlMs: number, loader: () => Promise<unknown>): Promise<unknown> {
      if (!entries.has(key)) entries.set(key, await loader());
      return entries.get(key);
    },
    delete: (key: string) => entries.delete(key),
  };
}
