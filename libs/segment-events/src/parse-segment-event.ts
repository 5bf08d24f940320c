import { expectedFormText, expectedText, hydrate, isRecord, validate } from '@segment-userleap/validation';
import type { Parsed } from '@segment-userleap/validation';
import { AliasEvent } from './alias-event';
import { COMMON_KEYS } from './common-fields';
import { DeleteEvent } from './delete-event';
import { EVENT_TYPES, isEventType } from './event-type';
import type { EventType } from './event-type';
import { GroupEvent } from './group-event';
import { IdentifyEvent } from './identify-event';
import { PageEvent } from './page-event';
import { ScreenEvent } from './screen-event';
import { TrackEvent } from './track-event';

export type SegmentEvent = IdentifyEvent | TrackEvent | PageEvent | ScreenEvent | GroupEvent | AliasEvent | DeleteEvent;

const OBJECT_KEYS = ['context', 'integrations', 'traits'] as const;
type ObjectKey = (typeof OBJECT_KEYS)[number];

/**
 * Reads one event as Segment delivers it. The one parse that both hosts call.
 * Refuses only what is read: a field that nobody uses can hold anything. An empty array where an object belongs counts as an
 * empty object: Segment's delete events and PHP sources write it so.
 * Never throws, whatever it is given.
 */
export function parseSegmentEvent(raw: unknown): Parsed<SegmentEvent> {
  if (!isRecord(raw)) return { ok: false, issues: [{ path: '', message: expectedText('an event object', raw) }] };
  const type = Object.hasOwn(raw, 'type') ? raw.type : undefined;
  if (!isEventType(type)) {
    const message = expectedFormText(`one of ${EVENT_TYPES.join(', ')}`, type);
    return { ok: false, issues: [{ path: 'type', message }] };
  }
  const event = hydrateEvent(type, withObjects(type, raw));
  const issues = validate(event);
  return issues.length === 0 ? { ok: true, value: event } : { ok: false, issues };
}

function hydrateEvent(type: EventType, raw: Readonly<Record<string, unknown>>): SegmentEvent {
  switch (type) {
    case 'identify':
      return hydrate(IdentifyEvent, raw, [...COMMON_KEYS, 'traits']);
    case 'track':
      return hydrate(TrackEvent, raw, [...COMMON_KEYS, 'event', 'properties']);
    case 'page':
      return hydrate(PageEvent, raw, [...COMMON_KEYS, 'properties']);
    case 'screen':
      return hydrate(ScreenEvent, raw, [...COMMON_KEYS, 'name', 'event', 'properties']);
    case 'group':
      return hydrate(GroupEvent, raw, [...COMMON_KEYS, 'groupId', 'traits']);
    case 'alias':
      return hydrate(AliasEvent, raw, [...COMMON_KEYS, 'previousId', 'anonymousId']);
    case 'delete':
      return hydrate(DeleteEvent, raw, COMMON_KEYS);
  }
}

/** With an empty object in the place of an empty array, and of any other kind that is no reason to refuse the event. */
function withObjects(type: EventType, raw: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  let event = raw;
  for (const key of OBJECT_KEYS) {
    if (!Object.hasOwn(raw, key) || isRecord(raw[key])) continue;
    if (isEmptyArray(raw[key]) || mayBeAnything(type, key)) event = { ...event, [key]: {} };
  }
  return event;
}

function isEmptyArray(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

/** UserLeap has no place for groups; nobody is asked before an erasure. */
function mayBeAnything(type: EventType, key: ObjectKey): boolean {
  return type === 'group' || (type === 'delete' && key === 'context');
}
