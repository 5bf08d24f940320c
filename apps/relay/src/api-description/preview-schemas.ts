import type { Preview, PreviewRequest } from '@segment-userleap/delivery';
import { EVENT_RECORD, REASON, STORY_ENTRY, WARNING_LIST } from './event-schemas';
import { EVENT } from './intake-schemas';
import { LANE_RECORD } from './lane-schemas';
import { about, ANYTHING, listOf, named, nullable, object, OBJECT, oneOf, only, TEXT } from './schema';
import type { Schema } from './schema';

export const PREVIEW_CALL = only(
  object(
    { event: EVENT },
    {
      destination: about('The first one, unless given', TEXT),
      settings: about('What differs from the settings of the destination', OBJECT),
    },
  ),
);

const REQUEST: Schema<PreviewRequest> = named(
  'PreviewRequest',
  object({ method: oneOf('GET', 'POST'), path: TEXT, body: about('Null where there is none', ANYTHING) }),
);

export const PREVIEW: Schema<Preview> = named(
  'Preview',
  object({
    outcome: oneOf('delivered', 'filtered', 'unsupported', 'rejected', 'retry'),
    reason: nullable(REASON),
    message: nullable(TEXT),
    warnings: WARNING_LIST,
    requests: listOf(REQUEST),
  }),
);

export const EVENT_STORY = named(
  'EventStory',
  object({
    event: EVENT_RECORD,
    body: about(
      'As it came; of one that was too long or nested too deep the first 4 KB, as text; null once it was erased',
      ANYTHING,
    ),
    part: about(
      'What it becomes under the settings of today; null where it is not kept whole, or its destination is gone',
      nullable(PREVIEW),
    ),
    story: about('Oldest first', listOf(STORY_ENTRY)),
    lane: about('Of an event that waits: where it does, and what for', nullable(LANE_RECORD)),
  }),
);
