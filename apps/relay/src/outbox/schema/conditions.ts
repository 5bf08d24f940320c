import { sql } from 'kysely';

// Written out, not bound: a partial index serves only a query that names its condition.
export const IS_PENDING = sql<boolean>`state = 'pending'`;
export const IS_SETTLED = sql<boolean>`settled_at IS NOT NULL`;
export const IS_READY = sql<boolean>`due_at IS NULL AND leased = 0`;
