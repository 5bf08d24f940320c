import type { Selectable } from 'kysely';
import type { CountedTx } from '../counting/counted-write';
import { addToHistory, hasBeenDelivered, MAX_HISTORY, parseHistory } from './event-history';
import type { Change } from '../counting/tally';
import { IS_PENDING } from '../schema/conditions';
import { executeForRows } from '../schema/execute-for-rows';
import { isOneOf } from '../schema/is-one-of';
import { keptQuery } from '../schema/kept-query';
import type { EventColumns, Tx } from '../schema/outbox-schema';
import type { AttemptResult, Settlement } from '../port/turn';
import { findHeldUsers } from './erase-settled';
import { keepRequests } from './sent-requests';
import type { TakenAway } from './taken-away';
import { writeWarnings } from './write-warnings';

/**
 * Keeps what became of the events of turns, and which requests carried them. Returns what was taken away of them:
 * erased by hand while it was on its way.
 */
export async function settleEvents(tx: CountedTx, settlements: readonly Settlement[]): Promise<TakenAway> {
  const carriedBy = await keepRequests(tx, settlements);
  const waiting = await loadWaiting(tx, settlements);
  const takenAway = new Map<number, ReadonlySet<string>>();
  const rows: unknown[][] = [];
  const begun: unknown[][] = [];
  for (const { turn, environment, results, now, eventNames } of settlements) {
    const changes = results.flatMap(({ id, outcome }): readonly Change[] => {
      const event = waiting.get(id);
      if (!event) return [];
      const to = toColumns(outcome, event, now);
      const { state, reason, message, warnings, settled_at, history } = to;
      if (state === 'pending' && event.backfilled === 1 && event.attempts === 0) begun.push([now, id]);
      rows.push([state, reason, message, warnings, settled_at, history, addRequests(event, carriedBy.get(id)), id]);
      return [
        {
          destination: turn.destination,
          type: event.type,
          from: { state: 'pending', reason: event.reason },
          to: { ...to, wasSent: hasBeenDelivered({ state: 'pending', replays: event.replays }) },
        },
      ];
    });
    tx.tally.count(now, changes);
    tx.tally.names.countSent(environment, now, eventNames.sent);
    for (const one of eventNames.heldBack) tx.tally.names.countHeldBack(turn.destination, now, one);
    if (changes.length < results.length) takenAway.set(turn.id, await findHeldUsers(tx, turn.events));
  }
  await executeForRows(tx, SETTLE, rows);
  await executeForRows(tx, BEGIN_HORIZON, begun);
  return takenAway;
}

const COLUMNS = ['state', 'reason', 'message', 'warnings', 'settled_at', 'history', 'requests'];
const SETTLE = {
  one: `UPDATE events SET ${COLUMNS.map((name) => `${name} = ?`).join(', ')}, attempts = attempts + 1 WHERE id = ?`,
  all: `UPDATE events SET ${COLUMNS.map((name) => `${name} = new.${name}`).join(', ')}, attempts = attempts + 1
    FROM unnest(
      $1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::text[], $7::text[], $8::bigint[]
    ) AS new (${COLUMNS.join(', ')}, id) WHERE events.id = new.id`,
};

// What is backfilled may have waited for weeks: its horizon begins with the first try.
const BEGIN_HORIZON = {
  one: 'UPDATE events SET queued_at = ? WHERE id = ?',
  all: `UPDATE events SET queued_at = new.queued_at FROM unnest($1::bigint[], $2::bigint[]) AS new (queued_at, id)
    WHERE events.id = new.id`,
};

type WaitingEvent = Pick<
  Selectable<EventColumns>,
  'id' | 'type' | 'reason' | 'history' | 'requests' | 'replays' | 'attempts' | 'backfilled'
>;

/** Those that still wait. */
async function loadWaiting(tx: Tx, settlements: readonly Settlement[]): Promise<ReadonlyMap<number, WaitingEvent>> {
  const ids = settlements.flatMap(({ results }) => results.map(({ id }) => id));
  if (ids.length === 0) return new Map();
  return new Map((await selectWaiting(tx, { ids })).map((row) => [row.id, row]));
}

const selectWaiting = keptQuery((db, { ids }: { readonly ids: readonly number[] }) =>
  db
    .selectFrom('events')
    .select(['id', 'type', 'reason', 'history', 'requests', 'replays', 'attempts', 'backfilled'])
    .where(isOneOf(db, 'id', ids))
    .where(IS_PENDING),
);

function addRequests({ requests }: WaitingEvent, more: readonly number[] = []): string {
  if (more.length === 0) return requests;
  return JSON.stringify([...(JSON.parse(requests) as readonly number[]), ...more].slice(-MAX_HISTORY));
}

function toColumns(outcome: AttemptResult['outcome'], { history }: WaitingEvent, now: number) {
  const warnings = writeWarnings(outcome.warnings);
  switch (outcome.outcome) {
    case 'delivered':
      return { state: outcome.outcome, reason: null, message: null, warnings, settled_at: now, history };
    case 'retry': {
      const { reason, message } = outcome;
      const longer = JSON.stringify(addToHistory(parseHistory(history), outcome, now));
      return { state: 'pending' as const, reason, message, warnings, settled_at: null, history: longer };
    }
    default: {
      const { reason, message } = outcome;
      return { state: outcome.outcome, reason, message, warnings, settled_at: now, history };
    }
  }
}
