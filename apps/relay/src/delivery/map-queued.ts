import { mapClaimable } from '@segment-userleap/mapping';
import type { Mapped, Settings } from '@segment-userleap/mapping';

/** An event of a backfill, which may have waited for weeks before it was tried. */
export class BackfilledEvent {
  constructor(
    readonly event: unknown,
    /** When it was tried first, epoch milliseconds: grace for an unknown user counts from here. */
    readonly triedAt: number,
  ) {}
}

/** `mapEvent` of what waits here. */
export function mapQueued(event: unknown, settings: Settings, now: number): Mapped {
  if (!(event instanceof BackfilledEvent)) return mapClaimable(event, settings, now);
  const mapped = mapClaimable(event.event, settings, now);
  if (mapped.kind === 'settled') return mapped;
  const receivedAt = Math.max(mapped.operation.receivedAt, event.triedAt);
  return { ...mapped, operation: { ...mapped.operation, receivedAt } };
}
