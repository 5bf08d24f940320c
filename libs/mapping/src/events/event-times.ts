import { eventTime, receivedTime } from '@segment-userleap/segment-events';
import type { CommonFields } from '@segment-userleap/segment-events';
import type { Warning } from '../outcome';

/** When an event happened and when it was taken, as operations have it, and what could not be read of that. */
export function eventTimes(
  event: CommonFields,
  now: number,
): { readonly times: { readonly at: number; readonly receivedAt: number }; readonly warnings: readonly Warning[] } {
  const { at, unreadable } = eventTime(event, now);
  return {
    times: { at, receivedAt: receivedTime(event, now) },
    warnings: unreadable.map((field) => ({ code: 'unreadable_time', trait: field })),
  };
}
