/** Which events to show: the parameters of `GET /api/events`, as they stand in the address. */
export const EVENT_FILTERS = [
  'userId',
  'messageId',
  'type',
  'state',
  'reason',
  'destination',
  'from',
  'to',
  'before',
] as const;

export type EventFilter = Partial<Readonly<Record<(typeof EVENT_FILTERS)[number], string>>>;

/** True where something narrows the list down; a page of it (`before`) does not. */
export function isNarrowed({ before: _, ...filter }: EventFilter): boolean {
  return Object.keys(filter).length > 0;
}
