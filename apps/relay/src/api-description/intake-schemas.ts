import { EVENT_TYPES } from '@segment-userleap/segment-events';
import { about, ANYTHING, always, eitherOf, listOf, named, NUMBER, object, OBJECT, oneOf, TEXT, TIME } from './schema';
import type { Schema } from './schema';

const ID = eitherOf(TEXT, NUMBER);

/** A Segment event, as far as the relay reads it; what else it holds is kept. */
export const EVENT = named(
  'SegmentEvent',
  object(
    {},
    {
      type: oneOf(...EVENT_TYPES),
      userId: ID,
      anonymousId: ID,
      previousId: ID,
      event: TEXT,
      name: TEXT,
      traits: OBJECT,
      properties: ANYTHING,
      context: OBJECT,
      integrations: OBJECT,
      messageId: ID,
      timestamp: TIME,
      originalTimestamp: TIME,
      receivedAt: TIME,
      sentAt: TIME,
    },
  ),
);

export const BATCH = named(
  'Batch',
  object({}, { batch: listOf(EVENT), context: OBJECT, integrations: OBJECT, sentAt: TIME, writeKey: TEXT }),
);

/** What a webhook is given. */
export const EVENT_OR_EVENTS = eitherOf(EVENT, listOf(EVENT));

/** What a call may say of its events. */
export const HEADERS = {
  'X-Relay-Priority': about(
    'Of a backfill: all that is live goes before these events. They get 503 while the backlog is at three quarters of its limit',
    oneOf('backfill'),
  ),
};

/** What is ignored. */
export const MEASUREMENTS = ANYTHING;

export const SUCCESS = named('Success', object({ success: always(true) }));

export const IMAGE: Schema<Buffer> = { type: 'string' };
