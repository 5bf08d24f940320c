import type { Warning } from '@segment-userleap/mapping';
import type { Selectable } from 'kysely';
import type { EventRecord, Priority } from '../port/event-record';
import { isoOf } from '../port/iso-of';
import type { EventColumns } from '../schema/outbox-schema';
import { parseHistory } from '../turns/event-history';

/** What a record is made of: the event itself stays where it is. */
export const RECORD_COLUMNS = [
  'id',
  'destination',
  'message_id',
  'type',
  'event_name',
  'lane',
  'anonymous_id',
  'backfilled',
  'state',
  'reason',
  'message',
  'warnings',
  'attempts',
  'history',
  'accepted_at',
  'settled_at',
] as const satisfies readonly (keyof EventColumns)[];

export function toEventRecord(row: Pick<Selectable<EventColumns>, (typeof RECORD_COLUMNS)[number]>): EventRecord {
  return {
    id: row.id,
    destination: row.destination,
    messageId: row.message_id,
    type: row.type,
    event: row.event_name,
    userId: row.lane,
    anonymousId: row.anonymous_id,
    priority: priorityOf(row),
    state: row.state,
    reason: row.reason,
    message: row.message,
    warnings: JSON.parse(row.warnings) as readonly Warning[],
    attempts: row.attempts,
    history: parseHistory(row.history),
    acceptedAt: isoOf(row.accepted_at),
    settledAt: row.settled_at === null ? null : isoOf(row.settled_at),
  };
}

export function priorityOf({ backfilled }: Pick<Selectable<EventColumns>, 'backfilled'>): Priority {
  return backfilled === 1 ? 'backfill' : 'live';
}
