import { mapClaimable } from '@segment-userleap/mapping';
import type { Mapped, Settings } from '@segment-userleap/mapping';

/** An event whose wait began after its arrival: it was replayed or moved, or is of a backfill, which may wait for weeks to be tried. */
export class LateEvent {
  constructor(
    readonly event: unknown,
    /** When its wait began, epoch milliseconds: grace for an unknown user counts from here. */
    readonly waitsSince: number,
  ) {}
}

/** `mapEvent` of what waits here. */
export function mapQueued(event: unknown, settings: Settings, now: number): Mapped {
  if (!(event instanceof LateEvent)) return mapClaimable(event, settings, now);
  const mapped = mapClaimable(event.event, settings, now);
  if (mapped.kind === 'settled') return mapped;
  const receivedAt = Math.max(mapped.operation.receivedAt, event.waitsSince);
  return { ...mapped, operation: { ...mapped.operation, receivedAt } };
}
