import { Buffer, atob, btoa } from 'node:buffer';
import * as crypto from 'node:crypto';
import { createRequire } from 'node:module';
import { performance } from 'node:perf_hooks';
import { URL, URLSearchParams } from 'node:url';
import { TextDecoder, TextEncoder } from 'node:util';
import fetch from 'node-fetch';
import type { FunctionCache } from './create-cache';
import { guardedTimers } from './guarded-timers';
import { PROCESS_STUB } from './process-stub';

// Not imported: there are no types for it here, and none are needed to pass it on.
const lodash: unknown = createRequire(__filename)('lodash');

/** Every global that comes from the host; like Segment's own, they stay of the host's realm. */
export function hostGlobals(console: Console, cache: FunctionCache): Readonly<Record<string, unknown>> {
  const timers = guardedTimers((thrown) => console.error('Uncaught in a timer:', thrown));
  return {
    // To count on, after Segment's documentation.
    fetch,
    _: lodash,
    crypto,
    Buffer,
    URL,
    URLSearchParams,
    btoa,
    atob,
    console,
    setTimeout: timers.setTimeout,
    clearTimeout: timers.clearTimeout,
    cache,
    // These may be missing.
    TextEncoder,
    TextDecoder,
    AbortController,
    structuredClone,
    performance,
    queueMicrotask: timers.queueMicrotask,
    process: PROCESS_STUB,
    setImmediate: timers.setImmediate,
  };
}
