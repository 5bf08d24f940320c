import type { ReplayCall } from '../../api/admin-api';
import { isNarrowed } from '../../route/event-filter';
import type { EventFilter } from '../../route/event-filter';

/** What replays the events of a list that have ended; undefined where none has, or where it is not narrowed down enough. */
export function replayCallOf({ before: _, search, state, ...filter }: EventFilter): ReplayCall | undefined {
  // What is searched for may be found in several ways: what is replayed should leave no doubt.
  if (search !== undefined || state === 'pending' || state === 'held') return undefined;
  if (state === undefined && !isNarrowed(filter)) return undefined;
  return { ...filter, state: state ?? 'any' };
}
