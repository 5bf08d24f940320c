import type { DeadLetterGroup } from '../outbox/port/outbox.port';
import { FILTER } from './event-schemas';
import { always, eitherOf, listOf, named, nullable, NUMBER, object, only, TEXT, TIME } from './schema';
import type { Schema } from './schema';

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
  }),
);

export const DEAD_LETTER_GROUPS = object({ groups: listOf(DEAD_LETTER_GROUP) });

/** Which dead letters: all, or those that each field narrows down. */
export const DEAD_LETTER_FILTER = named(
  'DeadLetterFilter',
  eitherOf(only(object({ all: always(true) })), { ...only(object({}, FILTER)), minProperties: 1 }),
);
