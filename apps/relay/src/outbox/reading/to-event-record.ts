import type { Warning } from '@segment-userleap/mapping';
import type { Selectable } from 'kysely';
import type { EventRecord } from '../port/event-record';
import { isoOf } from '../port/iso-of';
import type { EventColumns } from '../schema/outbox-schema';
import { parseHistory } from '../turns/event-history';

export function toEventRecord(row: Selectable<EventColumns>): EventRecord {
  return {
    id: row.id,
    destination: row.destination,
    messageId: row.message_id,
    type: row.type,
    userId: row.lane,
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
