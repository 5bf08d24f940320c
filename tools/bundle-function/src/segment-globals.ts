/** What a Destination Function may name besides the language itself (Segment docs: Functions, runtime, 2026). */
export const SEGMENT_GLOBALS = [
  'fetch', '_', 'crypto', 'Buffer', 'URL', 'URLSearchParams', 'btoa', 'atob', 'console', 'setTimeout', 'clearTimeout',
  'cache', 'RetryError', 'EventNotSupported', 'InvalidEventPayload', 'ValidationError',
]; // oxfmt-ignore

/** May be missing at Segment: the code has to ask for them with `typeof`. */
export const UNCERTAIN_GLOBALS = [
  'TextEncoder', 'TextDecoder', 'AbortController', 'structuredClone', 'performance', 'queueMicrotask', 'setImmediate',
]; // oxfmt-ignore
