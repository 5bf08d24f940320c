import { isRecord } from '@segment-userleap/validation';
import type { Mapped } from '../mapped';
import { operation } from '../mapped';
import { BEFORE_ALL } from '../operation';
import type { Settings } from '../settings/settings';
import { ClaimedEvent } from './claimed-event';
import { mapEvent } from './map-event';

/** `mapEvent` of a host that holds events: a `ClaimedEvent` becomes what it is for its user. */
export function mapClaimable(event: unknown, settings: Settings, now: number): Mapped {
  return event instanceof ClaimedEvent ? mapClaimed(event, settings, now) : mapEvent(event, settings, now);
}

/**
 * Of a visitor's events nothing but the events goes along. What an Identify says of a visitor lies under all that the user's own
 * calls say, whatever the times, and creates nobody.
 */
export function mapClaimed({ event, userId, claimedAt }: ClaimedEvent, settings: Settings, now: number): Mapped {
  const own = isRecord(event) ? { ...event, userId } : event;
  const mapped = mapEvent(own, { ...settings, userIdFields: ['userId'], acceptOddIds: true }, now);
  if (mapped.kind === 'settled' || mapped.operation.kind !== 'upsert') return mapped;
  const { createsUser: isIdentify, emailAddress, ...rest } = mapped.operation;
  return operation(
    {
      ...rest,
      createsUser: false,
      at: isIdentify ? BEFORE_ALL : rest.at,
      receivedAt: Math.max(rest.receivedAt, claimedAt),
      ...(isIdentify && emailAddress !== undefined ? { emailAddress } : {}),
    },
    mapped.warnings,
  );
}
