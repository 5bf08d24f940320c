import type { paths } from '../api/admin-api';

type EventQuery = NonNullable<paths['/api/events']['get']['parameters']['query']>;

/** Which events to show: parameters of `GET /api/events`, as they stand in the address. */
export const EVENT_FILTERS = [
  'search',
  'event',
  'userId',
  'messageId',
  'type',
  'state',
  'reason',
  'message',
  'destination',
  'from',
  'to',
  'before',
] as const;

/** Whatever stands in the address: the relay says which of it it does not know. */
export type EventFilter = Pick<EventQuery, (typeof EVENT_FILTERS)[number]>;

/** True where something narrows the list down; a page of it (`before`) does not. */
export function isNarrowed({ before: _, ...filter }: EventFilter): boolean {
  return Object.keys(filter).length > 0;
}
