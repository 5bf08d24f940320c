import { parseSegmentEvent } from '@segment-userleap/segment-events';
import type { SegmentEvent } from '@segment-userleap/segment-events';
import { formatIssue } from '@segment-userleap/validation';
import type { Mapped } from '../mapped';
import { settled } from '../mapped';
import type { Settings } from '../settings/settings';
import { filterEvent } from './filter-event';
import { mapAlias } from './map-alias';
import { mapDelete } from './map-delete';
import { mapIdentify } from './map-identify';
import { mapPage } from './map-page';
import { mapScreen } from './map-screen';
import { mapTrack } from './map-track';
import { readUserId } from './read-user-id';

/**
 * What an event becomes, from the raw value that a host was handed. Total: never throws, whatever it is given.
 * `now` (epoch milliseconds) stands in where the event has no readable time.
 */
export function mapEvent(raw: unknown, settings: Settings, now: number): Mapped {
  const parsed = parseSegmentEvent(raw);
  if (!parsed.ok) return settled('rejected', 'invalid_event', parsed.issues.map(formatIssue).join('; '));
  const event = parsed.value;
  return filterEvent(event, settings) ?? mapParsed(event, settings, now);
}

function mapParsed(event: SegmentEvent, settings: Settings, now: number): Mapped {
  if (event.type === 'alias') return mapAlias(event, now);
  if (event.type === 'group' || (event.type === 'screen' && !settings.trackScreens)) {
    return settled('unsupported', 'unsupported_type', `type: UserLeap has no place for ${event.type} calls`);
  }
  const user = readUserId(event);
  if (!('userId' in user)) return user;
  switch (event.type) {
    case 'identify':
      return mapIdentify(event, user.userId, settings, now);
    case 'track':
      return mapTrack(event, user.userId, settings, now);
    case 'page':
      return mapPage(event, user.userId, settings, now);
    case 'screen':
      return mapScreen(event, user.userId, settings, now);
    case 'delete':
      return mapDelete(event, user.userId, now);
  }
}
