import type { Issue } from './issue';

/** What every `parse…` function returns: the typed value, or everything that is wrong with it. */
export type Parsed<T> = { ok: true; value: T } | { ok: false; issues: readonly Issue[] };
