import { FLAG, listOf, NUMBER, object, OBJECT, oneOf, partial, TEXT, TIME } from './schemas';

/** A Segment event, as far as the relay reads it; what else it holds is kept. */
export const EVENT = partial({
  type: oneOf('identify', 'track', 'page', 'screen', 'group', 'alias', 'delete'),
  userId: { oneOf: [TEXT, NUMBER] },
  anonymousId: TEXT,
  previousId: TEXT,
  event: TEXT,
  name: TEXT,
  traits: OBJECT,
  properties: OBJECT,
  context: OBJECT,
  integrations: OBJECT,
  messageId: TEXT,
  timestamp: TIME,
  sentAt: TIME,
});

export const BATCH = partial({
  batch: listOf(EVENT),
  context: OBJECT,
  integrations: OBJECT,
  sentAt: TIME,
  writeKey: TEXT,
});

/** What a webhook is given. */
export const EVENT_OR_EVENTS = { oneOf: [EVENT, listOf(EVENT)] };

export const SUCCESS = object({ success: FLAG });
