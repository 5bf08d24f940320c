import { BYTES_PER_TURN, EVENTS_PER_TURN } from '@segment-userleap/delivery';
import { sql } from 'kysely';
import type { Selectable } from 'kysely';
import { octetLength } from '../schema/octet-length';
import type { EventColumns, Tx } from '../schema/outbox-schema';

// As many of these as a turn may hold are no more than it may hold in bytes: they come without a question of their own.
export const SMALL_BYTES = Math.floor(BYTES_PER_TURN / EVENTS_PER_TURN);

/** What a turn needs of an event, before it is known whether there is room for the event itself. */
export type EventHead = Pick<
  Selectable<EventColumns>,
  'id' | 'lane' | 'type' | 'other_user' | 'accepted_at' | 'queued_at' | 'claimed_at' | 'attempts' | 'backfilled'
> & {
  readonly bytes: number;
  /** Null where it is not small. */
  readonly body: string | null;
};

/** The heads of events, to be narrowed. */
export function selectHeads(tx: Tx) {
  const bytes = octetLength('body');
  return tx
    .selectFrom('events')
    .select([
      'id',
      'lane',
      'type',
      'other_user',
      'accepted_at',
      'queued_at',
      'claimed_at',
      'attempts',
      'backfilled',
      bytes.as('bytes'),
    ])
    .select(sql<string | null>`CASE WHEN ${bytes} <= ${SMALL_BYTES} THEN body END`.as('body'));
}
