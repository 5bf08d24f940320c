import type { ReasonCode } from '@segment-userleap/mapping';
import type { RawBuilder } from 'kysely';
import { sql } from 'kysely';
import type { Doubt, EventInFlight } from '../port/turn';
import { isOneOf } from '../schema/is-one-of';
import type { Db, Tx } from '../schema/outbox-schema';
import { parseHistory } from './event-history';
import type { Lane } from './find-lanes';

/** A lane that was in flight is free again, but nobody knows what of it was sent. `now`: of the store's clock. */
export function freedInDoubt(now: number | RawBuilder<number>) {
  return {
    leased: 0 as const,
    in_doubt_up_to: sql<number | null>`leased_up_to`,
    in_doubt_events: sql<number | null>`leased_events`,
    in_doubt_since: now,
    // Failures of another turn say nothing of how often the user was looked up; look-ups are counted on.
    attempts: sql<number>`CASE WHEN parked = 1 THEN attempts ELSE 0 END`,
  };
}

/** Gives lanes free that were in flight when the only process ended that had them. */
export async function freeLanesInFlight(db: Db, now: number): Promise<void> {
  await db
    .updateTable('lanes')
    .set(freedInDoubt(now))
    .where(sql<boolean>`leased = 1`)
    .execute();
}

/**
 * What is in doubt of the lane's events in a turn. More of them up to the last one than were in flight: one came in between, was
 * replayed for example, and was never sent. It cannot be told from the others, so there is no doubt about any: all are sent.
 */
export function readDoubt(lane: Lane, events: readonly EventInFlight[]): Omit<Doubt, 'toldBefore'> | null {
  const { in_doubt_up_to: upTo, in_doubt_events: most, in_doubt_since: since } = lane;
  if (upTo === null || most === null || since === null) return null;
  const count = events.filter((event) => event.lane === lane.lane && event.id <= upTo).length;
  return count > 0 && count <= most ? { upTo, since } : null;
}

/**
 * What a turn takes of a lane in doubt: nothing that came later, but for what creates the user. So what is in doubt stays what was sent
 * together, however often the process ends before it is told: of a late event UserLeap would show a later one of its name.
 */
export function withoutLater<E extends EventInFlight>(
  [lane, ...bound]: readonly Lane[],
  events: readonly E[],
): readonly E[] {
  const doubt = lane && bound.length === 0 && lane.last_delete === null ? readDoubt(lane, events) : null;
  if (!doubt) return events;
  const isLater = ({ id }: E): boolean => id > doubt.upTo;
  const alias = events.find((event) => isLater(event) && event.type === 'alias')?.id ?? Infinity;
  return events.filter((event) => !isLater(event) || (event.type === 'identify' && event.id < alias));
}

/** Those of these events in lanes in doubt that UserLeap may have been told by an earlier turn. */
export async function findToldBefore(
  tx: Tx,
  lanes: readonly Lane[],
  events: readonly EventInFlight[],
): Promise<ReadonlySet<number>> {
  const doubts = new Map(lanes.flatMap(({ lane, in_doubt_up_to: upTo }) => (upTo === null ? [] : [[lane, upTo]])));
  // As a rule there is none: nothing is asked for every turn.
  if (doubts.size === 0) return new Set();
  const ids = events.filter(({ id, lane }) => id <= (doubts.get(lane) ?? 0)).map(({ id }) => id);
  if (ids.length === 0) return new Set();
  const rows = await tx
    .selectFrom('events')
    .select(['id', 'history', 'replays'])
    .where(isOneOf(tx, 'id', ids))
    .execute();
  return new Set(rows.filter(mayBeTold).map(({ id }) => id));
}

function mayBeTold({ history, replays }: { readonly history: string; readonly replays: string }): boolean {
  return replays !== '[]' || parseHistory(history).some(({ reason }) => !UNTOLD.includes(reason));
}

// With these an attempt has told UserLeap nothing of the event: with most of them it was in no request. Those of requests alone are
// `NEVER_TAKEN` in libs/delivery (user-upserts.ts).
const UNTOLD: readonly string[] = [
  'just_updated',
  'monthly_limit',
  'out_of_time',
  'rate_limited',
  'unauthorized',
  'unknown_user',
  'waiting_for_earlier',
] satisfies readonly ReasonCode[];
