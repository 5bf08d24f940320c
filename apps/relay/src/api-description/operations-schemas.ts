import { EVENT } from './intake-schemas';
import { FLAG, listOf, nullable, NUMBER, object, OBJECT, oneOf, partial, TEXT, TIME } from './schemas';

const STATE = oneOf('pending', 'delivered', 'filtered', 'unsupported', 'rejected');
const WARNINGS = listOf(object({ code: TEXT, trait: TEXT }));

/** What narrows a list of events, or names dead letters. */
export const FILTER = {
  destination: TEXT,
  messageId: TEXT,
  userId: TEXT,
  reason: TEXT,
  type: TEXT,
  id: NUMBER,
};

const PAGE = {
  limit: { ...NUMBER, minimum: 1, maximum: 1_000, default: 100 },
  before: { ...TEXT, description: 'The `next` of the page before' },
};

export const EVENT_QUERY = {
  ...FILTER,
  state: STATE,
  from: { ...TIME, description: 'Accepted then or later' },
  to: { ...TIME, description: 'Accepted before then' },
  ...PAGE,
};

export const LANE_QUERY = { destination: TEXT, userId: TEXT, ...PAGE };

export const LANE_RECORD = object({
  destination: TEXT,
  userId: TEXT,
  pending: NUMBER,
  oldestAt: TIME,
  dueAt: nullable(TIME),
  attempts: NUMBER,
  waitsFor: oneOf('budget', 'retry', 'identify', 'answer'),
});

export const EVENT_RECORD = object({
  id: NUMBER,
  destination: TEXT,
  messageId: TEXT,
  type: TEXT,
  userId: nullable(TEXT),
  state: STATE,
  reason: nullable(TEXT),
  message: nullable(TEXT),
  warnings: WARNINGS,
  attempts: NUMBER,
  history: listOf(object({ reason: TEXT, message: TEXT, times: NUMBER, firstAt: TIME, lastAt: TIME })),
  acceptedAt: TIME,
  settledAt: nullable(TIME),
});

export const DESTINATION_RECORD = object({
  name: TEXT,
  state: oneOf('delivering', 'paused'),
  pausedBy: nullable(oneOf('relay', 'person')),
  reason: nullable(TEXT),
  pausedAt: nullable(TIME),
  nextProbeAt: nullable(TIME),
  pending: NUMBER,
  budget: object({ requests: NUMBER, windowSeconds: NUMBER, used: NUMBER, blockedUntil: nullable(TIME) }),
});

export const OVERVIEW = object({
  minutes: listOf(
    object({
      at: TIME,
      accepted: NUMBER,
      delivered: NUMBER,
      filtered: NUMBER,
      unsupported: NUMBER,
      rejected: NUMBER,
      requests: NUMBER,
      waiting: { ...nullable(NUMBER), description: 'The most in that minute; null where nobody looked' },
      longestWaitSeconds: nullable(NUMBER),
    }),
  ),
  pending: NUMBER,
  oldestPendingAt: nullable(TIME),
  deadLetters: NUMBER,
  destinations: listOf(DESTINATION_RECORD),
});

export const DEAD_LETTER_GROUP = object({
  destination: TEXT,
  reason: TEXT,
  message: nullable(TEXT),
  sampleId: NUMBER,
  count: NUMBER,
  oldestAt: TIME,
  newestAt: TIME,
});

export const ERASE_CALL = { ...partial({ userId: TEXT, destination: TEXT }), required: ['userId'] };

export const REPLAY = partial({ all: { ...FLAG, description: 'In place of a filter' }, ...FILTER });

export const PREVIEW_CALL = {
  ...partial({
    event: EVENT,
    destination: { ...TEXT, description: 'The first one, unless given' },
    settings: { ...OBJECT, description: 'What differs from the settings of the destination' },
  }),
  required: ['event'],
};

export const PREVIEW = object({
  outcome: oneOf('delivered', 'filtered', 'unsupported', 'rejected', 'retry'),
  reason: nullable(TEXT),
  message: nullable(TEXT),
  warnings: WARNINGS,
  requests: listOf(object({ method: oneOf('GET', 'POST'), path: TEXT, body: nullable(OBJECT) })),
});

export const KEPT_EVENT = object({
  event: EVENT_RECORD,
  body: nullable(OBJECT),
  part: nullable(PREVIEW),
  story: listOf({ ...OBJECT, description: '`at`, `kind` and what belongs to the kind, oldest first' }),
});

export const SESSION_CALL = { oneOf: [object({ token: TEXT }), object({ code: TEXT })] };

export const SESSION = { ...partial({ signedIn: FLAG, csrfToken: TEXT }), required: ['signedIn'] };

export const LIVE = {
  ...TEXT,
  description: 'Server-sent events: `overview`, and `events` with `{"ids": […]}` of those that came or changed',
};
