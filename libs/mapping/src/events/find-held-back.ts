import { isRecord, toWellFormed } from '@segment-userleap/validation';
import type { Mapped } from '../mapped';
import { ClaimedEvent } from './claimed-event';

/** A Track that the lists of event names leave out: its name as Segment sends it, and which list it was. */
export interface HeldBack {
  readonly name: string;
  readonly reason: 'event_denied' | 'event_not_allowed';
}

/** What `denyEvents` or `allowEvents` leaves out; undefined for every other event. `mapped` is what the event becomes. */
export function findHeldBack(raw: unknown, mapped: Mapped): HeldBack | undefined {
  if (mapped.kind === 'operation') return undefined;
  const { reason } = mapped.outcome;
  if (reason !== 'event_denied' && reason !== 'event_not_allowed') return undefined;
  const event = raw instanceof ClaimedEvent ? raw.event : raw;
  if (!isRecord(event) || typeof event.event !== 'string') return undefined;
  return { name: toWellFormed(event.event.trim()), reason };
}
