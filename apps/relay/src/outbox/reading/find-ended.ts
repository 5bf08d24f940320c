import type { EventFilter, ListCursor } from '../port/event-record';
import type { DeadLetterFilter } from '../port/outbox.port';
import { HAS_ENDED, IS_KEPT, IS_REPLAYABLE } from '../schema/conditions';
import type { Tx } from '../schema/outbox-schema';
import { findCursors } from './find-events';

/** The cursors of the first events that have ended and can be replayed, oldest first, after `after`. */
export function findEnded(
  tx: Tx,
  { state = 'rejected', ...filter }: DeadLetterFilter,
  after: ListCursor | undefined,
  limit: number,
): Promise<readonly ListCursor[]> {
  const narrowed: Partial<EventFilter> = state === 'any' ? filter : { ...filter, state };
  return findCursors(tx, narrowed, 'asc', after, limit, conditionOf(state));
}

function conditionOf(state: NonNullable<DeadLetterFilter['state']>) {
  if (state === 'rejected') return IS_REPLAYABLE;
  // Where the state says that an event has ended, saying so again lets PostgreSQL expect too few, and sort what it should walk along.
  return state === 'any' ? HAS_ENDED : IS_KEPT;
}
