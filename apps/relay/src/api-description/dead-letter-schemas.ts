import type { DeadLetterGroup, DeadLetterMessage } from '../outbox/port/dead-letters';
import { FILTER, IDS } from './event-schemas';
import { about, always, eitherOf, FLAG, listOf, named, nullable, NUMBER, object, only, TEXT, TIME } from './schema';
import type { Schema } from './schema';

const DEAD_LETTER_MESSAGE: Schema<DeadLetterMessage> = named(
  'DeadLetterMessage',
  object({
    message: about('That of the newest; the first 200 characters make it the same', nullable(TEXT)),
    sampleId: NUMBER,
    newestAt: TIME,
    count: NUMBER,
    isMore: about('There are more than `count`', FLAG),
  }),
);

const DEAD_LETTER_GROUP: Schema<DeadLetterGroup> = named(
  'DeadLetterGroup',
  object({
    destination: TEXT,
    reason: TEXT,
    message: nullable(TEXT),
    sampleId: NUMBER,
    count: NUMBER,
    oldestAt: TIME,
    newestAt: TIME,
    messages: about('What it is made of, the largest part first', listOf(DEAD_LETTER_MESSAGE)),
    hasOtherMessages: about('There are more messages than are listed', FLAG),
  }),
);

export const DEAD_LETTER_GROUPS = object({ groups: listOf(DEAD_LETTER_GROUP) });

/** Which dead letters: all, or those that each field narrows down. */
export const DEAD_LETTER_FIELDS = { ...FILTER, ids: IDS };

export const DEAD_LETTER_FILTER = named(
  'DeadLetterFilter',
  eitherOf(only(object({ all: always(true) })), { ...only(object({}, DEAD_LETTER_FIELDS)), minProperties: 1 }),
);
