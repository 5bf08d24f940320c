import type { CacheMode } from './create-cache';
import type { Loader } from './load-handlers';

/** How a function is loaded, what it finds around it, and how its events are made. */
export interface FunctionHostOptions {
  /** The text of the function, one file as it would be pasted into Segment's editor. */
  code: string;
  /**
   * `wrapper` evaluates the text inside a function whose parameters are the handler names, so `const onTrack =` is a
   * syntax error and `globalThis.onTrack =` is not seen; `script` runs it as a plain script. Segment may do either.
   */
  loader: Loader;
  /** Milliseconds since the epoch: `Date.now()`, `new Date()` and the cache's expiry follow it. Default: the real clock. */
  now?: () => number;
  /** Names of globals that this realm lacks: those that may be missing at Segment, or any other. Default: none. */
  without?: readonly string[];
  /** Globals in the place of the host's own, by name: a console that throws, say. They stay of the caller's realm. */
  replace?: Readonly<Record<string, unknown>>;
  /** `forgets` never keeps a value; `throws` makes `load` reject and `delete` throw; `hangs` never settles. Default: `works`. */
  cache?: CacheMode;
  /** How long a handler may take before its events are retried, in milliseconds. Default: 5000, as at Segment. */
  timeLimitMs?: number;
  /** How long the code may take to load, in milliseconds. Default: 5000. */
  loadTimeLimitMs?: number;
  /**
   * `inside` hands the handler its own copy of events and settings, made of the realm's plain objects, arrays and dates;
   * `outside` hands it the caller's objects, which are not `instanceof` the realm's `Object`. Default: `inside`.
   */
  eventRealm?: 'inside' | 'outside';
}
