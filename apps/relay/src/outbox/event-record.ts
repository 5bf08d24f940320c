import type { Warning } from '@segment-userleap/mapping';
import type { Selectable } from 'kysely';
import type { EventRecord } from './outbox.port';
import type { EventTable } from './outbox-schema';

export function toEventRecord(row: Selectable<EventTable>): EventRecord {
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
    acceptedAt: new Date(row.accepted_at).toISOString(),
    settledAt: row.settled_at === null ? null : new Date(row.settled_at).toISOString(),
  };
}
