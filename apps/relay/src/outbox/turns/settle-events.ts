import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import type { CountedTx } from '../counting/counted-write';
import { addToHistory, MAX_HISTORY, parseHistory } from './event-history';
import { IS_PENDING } from '../schema/conditions';
import type { EventColumns, Tx } from '../schema/outbox-schema';
import type { AttemptResult, Settlement } from '../port/turn';
import { keepRequests } from './sent-requests';
import { writeWarnings } from './write-warnings';

/**
 * Keeps what became of a turn's events, and which requests carried them; those that came to the same share a statement.
 * Returns how many were taken away: erased by hand while they were on their way.
 */
export async function settleEvents(tx: CountedTx, { turn, results, requests, now }: Settlement): Promise<number> {
  const { destination } = turn;
  const carriedBy = await keepRequests(tx, destination, requests);
  const waiting = await loadWaiting(tx, results);
  const groups = new Map<string, { columns: ReturnType<typeof toColumns>; ids: number[] }>();
  const changes = results.flatMap(({ id, outcome }) => {
    const event = waiting.get(id);
    if (!event) return [];
    const columns = { ...toColumns(outcome, event, now), requests: addRequests(event, carriedBy.get(id)) };
    const key = JSON.stringify(columns);
    const group = groups.get(key);
    if (group) group.ids.push(id);
    else groups.set(key, { columns, ids: [id] });
    return [{ destination, type: event.type, from: { state: 'pending' as const, reason: event.reason }, to: columns }];
  });
  for (const { columns, ids } of groups.values()) {
    await tx
      .updateTable('events')
      .set({ ...columns, attempts: sql`attempts + 1` })
      .where('id', 'in', ids)
      .execute();
  }
  tx.tally.count(now, changes);
  return results.length - changes.length;
}

type WaitingEvent = Pick<Selectable<EventColumns>, 'id' | 'type' | 'reason' | 'history' | 'requests'>;

/** Those that still wait. */
async function loadWaiting(tx: Tx, results: readonly AttemptResult[]): Promise<ReadonlyMap<number, WaitingEvent>> {
  if (results.length === 0) return new Map();
  const rows = await tx
    .selectFrom('events')
    .select(['id', 'type', 'reason', 'history', 'requests'])
    .where(
      'id',
      'in',
      results.map(({ id }) => id),
    )
    .where(IS_PENDING)
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

function addRequests({ requests }: WaitingEvent, more: readonly number[] = []): string {
  if (more.length === 0) return requests;
  return JSON.stringify([...(JSON.parse(requests) as readonly number[]), ...more].slice(-MAX_HISTORY));
}

function toColumns(outcome: AttemptResult['outcome'], { history }: WaitingEvent, now: number) {
  const warnings = writeWarnings(outcome.warnings);
  switch (outcome.outcome) {
    case 'delivered':
      return { state: outcome.outcome, reason: null, message: null, warnings, settled_at: now };
    case 'retry': {
      const { reason, message } = outcome;
      const longer = JSON.stringify(addToHistory(parseHistory(history), outcome, now));
      return { state: 'pending' as const, reason, message, warnings, settled_at: null, history: longer };
    }
    default: {
      const { reason, message } = outcome;
      return { state: outcome.outcome, reason, message, warnings, settled_at: now };
    }
  }
}
