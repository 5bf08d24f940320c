import type { FlowMinute } from '../outbox/port/overview';
import { DESTINATIONS } from './destination-schemas';
import { about, eitherOf, listOf, named, nullable, NUMBER, object, oneOf, TEXT, TIME } from './schema';
import type { Schema, ValueOf } from './schema';

const FLOW_MINUTE: Schema<FlowMinute> = named(
  'FlowMinute',
  object({
    at: TIME,
    accepted: NUMBER,
    delivered: NUMBER,
    filtered: NUMBER,
    unsupported: NUMBER,
    rejected: NUMBER,
    requests: NUMBER,
    waiting: about('The most in that minute; null where nobody looked', nullable(NUMBER)),
    longestWaitSeconds: nullable(NUMBER),
  }),
);

export const OVERVIEW = named(
  'Overview',
  object({
    minutes: about('The last 60, oldest first; the last is under way', listOf(FLOW_MINUTE)),
    pending: NUMBER,
    held: about('Of visitors, until it is known whose they are', NUMBER),
    oldestPendingAt: nullable(TIME),
    deadLetters: NUMBER,
    ...DESTINATIONS,
  }),
);

export const FLOW_RANGES = ['1h', '6h', '24h', '7d'] as const;

export const FLOW_QUERY = {
  range: about('1h, unless given', oneOf(...FLOW_RANGES)),
  destination: about('All, unless given', TEXT),
};

export const FLOW = named(
  'Flow',
  object({
    partSeconds: about('How long each part is', NUMBER),
    parts: about('Oldest first; the last is under way', listOf(FLOW_MINUTE)),
  }),
);

/** `event` is the event's name on the wire, `data` its JSON. */
export const LIVE_EVENT = named(
  'LiveEvent',
  eitherOf(
    object({ event: oneOf('overview'), data: OVERVIEW }),
    object({
      event: oneOf('events'),
      data: object({ ids: about('Of events that came or changed their state', listOf(NUMBER)) }),
    }),
  ),
);

export type LiveEvent = ValueOf<typeof LIVE_EVENT>;
