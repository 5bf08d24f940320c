import type { RawBuilder } from 'kysely';
import { sql } from 'kysely';
import type { Doubt } from '../port/turn';
import type { Db } from '../schema/outbox-schema';
import type { Lane } from './find-lanes';

/** A lane that was in flight is free again, but nobody knows what of it was sent. `now`: of the store's clock. */
export function freedInDoubt(now: number | RawBuilder<number>) {
  return { leased: 0 as const, in_doubt_up_to: sql<number | null>`leased_up_to`, in_doubt_since: now };
}

/** Gives lanes free that were in flight when the only process ended that had them. */
export async function freeLanesInFlight(db: Db, now: number): Promise<void> {
  await db
    .updateTable('lanes')
    .set(freedInDoubt(now))
    .where(sql<boolean>`leased = 1`)
    .execute();
}

export function readDoubt({ in_doubt_up_to, in_doubt_since, oldest_event }: Lane): Doubt | null {
  if (in_doubt_up_to === null || in_doubt_since === null || in_doubt_up_to < oldest_event) return null;
  return { upTo: in_doubt_up_to, since: in_doubt_since };
}
