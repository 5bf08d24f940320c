import { parseSegmentEvent } from '@segment-userleap/segment-events';
import type { SegmentEvent } from '@segment-userleap/segment-events';
import { formatIssue } from '@segment-userleap/validation';
import type { Mapped } from '../mapped';
import { operation, settled } from '../mapped';
import type { Warning } from '../outcome';
import type { Settings } from '../settings/settings';
import { findEmails } from '../traits/email-fields';
import { pickEmail } from '../traits/pick-email';
import { dateByArrival } from './date-by-arrival';
import { filterEvent } from './filter-event';
import { isSampled } from './is-sampled';
import { mapAlias } from './map-alias';
import { mapDelete } from './map-delete';
import { mapGroup } from './map-group';
import { mapIdentify } from './map-identify';
import { mapPage } from './map-page';
import { mapScreen } from './map-screen';
import { mapTrack } from './map-track';
import { readUserId, requireUserId } from './read-user-id';

/**
 * What an event becomes, from the raw value that a host was handed. Total: never throws, whatever it is given.
 * `now` (epoch milliseconds) stands in where the event has no readable time.
 */
export function mapEvent(raw: unknown, settings: Settings, now: number): Mapped {
  const parsed = parseSegmentEvent(raw);
  if (!parsed.ok) return settled('rejected', 'invalid_event', parsed.issues.map(formatIssue).join('; '));
  const event = parsed.value;
  return filterEvent(event, settings) ?? sample(dateByArrival(mapParsed(raw, event, settings, now)), settings);
}

/** Leaves out users that are not sampled. An Alias goes by its new id; who asks to be erased is erased. */
function sample(mapped: Mapped, { sampleUsers }: Settings): Mapped {
  if (mapped.kind === 'settled' || mapped.operation.kind === 'purge') return mapped;
  return isSampled(mapped.operation.userId, sampleUsers) ? mapped : settled('filtered', 'not_sampled');
}

/** The e-mail address goes along where the setting `emailFields` names a place that the event has. */
function addEmail(mapped: Mapped, event: SegmentEvent, settings: Settings): Mapped {
  if (mapped.kind === 'settled' || mapped.operation.kind !== 'upsert') return mapped;
  const warnings: Warning[] = [...mapped.warnings];
  const emailAddress = pickEmail(findEmails(event, settings.emailFields), settings, warnings);
  return operation(emailAddress === undefined ? mapped.operation : { ...mapped.operation, emailAddress }, warnings);
}

function mapParsed(raw: unknown, event: SegmentEvent, settings: Settings, now: number): Mapped {
  if (event.type === 'alias') return mapAlias(event, readUserId(raw, settings), settings, now);
  const isGroupWithoutPlace = event.type === 'group' && !settings.groupTraits;
  if (isGroupWithoutPlace || (event.type === 'screen' && !settings.trackScreens)) {
    return settled('unsupported', 'unsupported_type', `type: UserLeap has no place for ${event.type} calls`);
  }
  const userId = requireUserId(raw, settings);
  if (typeof userId !== 'string') return userId;
  switch (event.type) {
    case 'identify':
      return mapIdentify(event, userId, settings, now);
    case 'track':
      return addEmail(mapTrack(event, userId, settings, now), event, settings);
    case 'page':
      return addEmail(mapPage(event, userId, settings, now), event, settings);
    case 'screen':
      return addEmail(mapScreen(event, userId, settings, now), event, settings);
    case 'group':
      return mapGroup(event, userId, settings, now);
    case 'delete':
      return mapDelete(event, userId, now);
  }
}
