import { sql } from 'kysely';

// Written out, not bound: a partial index serves only a query that names its condition.
export const IS_PENDING = sql<boolean>`state = 'pending'`;
export const IS_REJECTED = sql<boolean>`state = 'rejected'`;
export const IS_HELD = sql<boolean>`state = 'held'`;
/** An Identify, which goes before what waits for its user, or an Alias, which it does not overtake. */
export const MAY_LEAD = sql<boolean>`type IN ('alias', 'identify')`;
export const IS_SETTLED = sql<boolean>`settled_at IS NOT NULL`;
export const IS_READY = sql<boolean>`due_at IS NULL AND leased = 0`;
export const IS_KEPT = sql<boolean>`body != ''`;
export const IS_EMPTIED = sql<boolean>`body = ''`;
/** A dead letter that can be replayed. */
export const IS_REPLAYABLE = sql<boolean>`state = 'rejected' AND body != ''`;
/** What has ended, and can be replayed. */
export const HAS_ENDED = sql<boolean>`settled_at IS NOT NULL AND body != ''`;
export const IS_UNKNOWN = sql<boolean>`known = 0`;
export const HAS_MESSAGE = sql<boolean>`message IS NOT NULL`;
/** By what dead letters are told apart, as their index has it. */
export const MESSAGE_KEY = sql<string>`substr(message, 1, 200)`;

/** The same of a message: the databases count characters, of which one may be two units here. */
export function messageKey(message: string): string {
  return [...message.slice(0, 400)].slice(0, 200).join('');
}
