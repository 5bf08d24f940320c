import { REASONS, WARNINGS } from '@segment-userleap/mapping';
import type { ReasonCode, Warning, WarningCode } from '@segment-userleap/mapping';
import type { EventRecord, HistoryEntry, Priority } from '../outbox/port/event-record';
import type { StoryEntry } from '../outbox/port/event-story';
import type { Ended, EventState } from '../outbox/schema/outbox-schema';
import { NEXT, PAGE } from './page-schemas';
import {
  about,
  eitherOf,
  listOf,
  named,
  nullable,
  NUMBER,
  numberWithin,
  object,
  oneOf,
  only,
  TEXT,
  TIME,
} from './schema';
import type { Schema } from './schema';

export const EVENT_STATES = [
  'pending',
  'held',
  'delivered',
  'filtered',
  'unsupported',
  'rejected',
  'dismissed',
] as const;

const STATE: Schema<EventState> = named('EventState', oneOf(...EVENT_STATES));

/** Why something became of an event. */
export const REASON = named('ReasonCode', oneOf(...(Object.keys(REASONS) as ReasonCode[])));

const WARNING: Schema<Warning> = named(
  'Warning',
  object({ code: oneOf(...(Object.keys(WARNINGS) as WarningCode[])), trait: TEXT }),
);

export const WARNING_LIST = listOf(WARNING);

/** What narrows a list of events, or names dead letters. */
export const FILTER = {
  id: NUMBER,
  destination: TEXT,
  messageId: TEXT,
  userId: TEXT,
  reason: TEXT,
  type: TEXT,
  event: about('The name of a Track, a Screen or a Page, as it was sent', TEXT),
  message: about('Of dead letters only: the first 200 characters have to be the same', TEXT),
};

export const IDS = about('These, at most 500', { ...listOf(NUMBER), maxItems: 500 } as Schema<readonly number[]>);

const ENDED: Schema<Ended | 'any'> = oneOf('delivered', 'filtered', 'unsupported', 'rejected', 'dismissed', 'any');

const REPLAY_FIELDS = {
  ...FILTER,
  ids: IDS,
  state: ENDED,
  from: about('Accepted then or later', TIME),
  to: about('Accepted before then', TIME),
};

/** Which events are to be sent again. What they have ended as has to be said, so that none is meant by mistake. */
export const REPLAY_CALL = named('ReplayCall', only(object({ state: ENDED }, REPLAY_FIELDS)));

const LIST_FILTER = {
  ...FILTER,
  search: about(
    'An id, message id or user id as a whole, the anonymous id of what is held, or a part of the name of a Track, a Screen or a Page',
    TEXT,
  ),
  state: STATE,
  from: about('Accepted then or later', TIME),
  to: about('Accepted before then', TIME),
};

export const EVENT_QUERY = { ...LIST_FILTER, ...PAGE };

export const EXPORT_LIMIT = { minimum: 1, maximum: 100_000, default: 10_000 };

export const EXPORT_QUERY = {
  ...LIST_FILTER,
  format: about('csv, unless given', oneOf('csv', 'jsonl')),
  limit: numberWithin(EXPORT_LIMIT),
};

export const PRIORITY: Schema<Priority> = oneOf('live', 'backfill');

const HISTORY_ENTRY: Schema<HistoryEntry> = named(
  'HistoryEntry',
  object({ reason: TEXT, message: TEXT, times: NUMBER, firstAt: TIME, lastAt: TIME }),
);

export const EVENT_RECORD: Schema<EventRecord> = named(
  'EventRecord',
  object({
    id: NUMBER,
    destination: TEXT,
    messageId: TEXT,
    type: TEXT,
    event: about(
      'The name of a Track, a Screen or a Page; null where there is none, or it came before names were kept',
      nullable(TEXT),
    ),
    userId: nullable(TEXT),
    anonymousId: about('Of a visitor: under which it is held, or was', nullable(TEXT)),
    priority: PRIORITY,
    state: STATE,
    reason: nullable(TEXT),
    message: nullable(TEXT),
    warnings: WARNING_LIST,
    attempts: NUMBER,
    history: listOf(HISTORY_ENTRY),
    acceptedAt: TIME,
    settledAt: nullable(TIME),
  }),
);

export const EVENT_PAGE = named('EventPage', object({ events: listOf(EVENT_RECORD), next: NEXT }));

/** One step of an event's story; `kind` tells which. */
export const STORY_ENTRY: Schema<StoryEntry> = named(
  'StoryEntry',
  eitherOf(
    object({ at: TIME, kind: oneOf('accepted', 'held', 'claimed', 'replayed') }),
    object(
      { at: TIME, kind: oneOf('waited'), reason: TEXT, message: TEXT, attempt: NUMBER },
      { dueAt: about('Before then it is not tried again', TIME) },
    ),
    object({
      at: TIME,
      kind: oneOf('request'),
      method: TEXT,
      path: about('Without the id of the user', TEXT),
      status: nullable(NUMBER),
      failure: about('Why there is no status', nullable(TEXT)),
      milliseconds: NUMBER,
      events: about('How many events shared it', NUMBER),
    }),
    object({ at: TIME, kind: oneOf('settled'), state: STATE, reason: nullable(TEXT), message: nullable(TEXT) }),
  ),
);
