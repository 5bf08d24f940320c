/** The calls of the Segment spec, plus `delete`, which Segment sends when a user is to be erased. */
export const EVENT_TYPES = ['identify', 'track', 'page', 'screen', 'group', 'alias', 'delete'] as const;

export type EventType = (typeof EVENT_TYPES)[number];

/** Narrows to one of `EVENT_TYPES`; exact and case-sensitive. */
export function isEventType(value: unknown): value is EventType {
  return EVENT_TYPES.some((type) => type === value);
}
