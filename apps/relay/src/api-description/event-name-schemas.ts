import { MOST_NAMES } from '../outbox/port/event-names';
import type { EventNameRecord, EventNames, HeldBackRecord } from '../outbox/port/event-names';
import { about, FLAG, listOf, named, nullable, NUMBER, numberWithin, object, oneOf, only, TEXT, TIME } from './schema';
import type { Schema } from './schema';

export const NAME_LIMIT = { minimum: 1, maximum: MOST_NAMES, default: 500 };

const DESTINATION = about('May be left out where there is only one', TEXT);

export const NAME_QUERY = { destination: DESTINATION, limit: about('Of each list', numberWithin(NAME_LIMIT)) };

const EVENT_NAME: Schema<EventNameRecord> = named(
  'EventName',
  object({
    name: about('As UserLeap is sent it', TEXT),
    firstAt: TIME,
    lastAt: TIME,
    taken: about('How many events UserLeap has taken', NUMBER),
    refused: about('How many it has refused', NUMBER),
    isRefused: about('UserLeap refuses the name, as far as its last answers tell', FLAG),
    isNew: about('Sent for the first time in the last 7 days, and not marked as set up', FLAG),
    setUpAt: about('When it was marked as set up; null: it is not', nullable(TIME)),
  }),
);

const HELD_BACK: Schema<HeldBackRecord> = named(
  'HeldBackName',
  object({
    name: about('As Segment sends it', TEXT),
    reason: about(
      'Which list leaves it out: `denyEvents`, or `allowEvents`',
      oneOf('event_denied', 'event_not_allowed'),
    ),
    firstAt: TIME,
    lastAt: TIME,
    events: NUMBER,
  }),
);

/** The settings of a destination that decide which names are sent. */
export interface NameSettings {
  readonly allowEvents: readonly string[];
  readonly denyEvents: readonly string[];
  readonly eventNames: readonly { readonly sent: string; readonly becomes: string }[];
  readonly pageEvents: readonly string[];
}

const SETTINGS: Schema<NameSettings> = named(
  'NameSettings',
  object({
    allowEvents: listOf(TEXT),
    denyEvents: listOf(TEXT),
    eventNames: listOf(object({ sent: about('By Segment', TEXT), becomes: about('At UserLeap', TEXT) })),
    pageEvents: about('What Pages become: pageEventName, and the names of pageUrlEvents', listOf(TEXT)),
  }),
);

/** What is answered of names, and of which destination. */
export type NamesAnswer = EventNames & { readonly destination: string; readonly settings: NameSettings };

export const EVENT_NAMES: Schema<NamesAnswer> = named(
  'EventNames',
  object({
    destination: TEXT,
    settings: SETTINGS,
    names: about('Those that are not set up first, the newest first', listOf(EVENT_NAME)),
    total: about(`How many there are in all; ${MOST_NAMES} at most are kept apart`, NUMBER),
    new: NUMBER,
    setUp: NUMBER,
    refused: NUMBER,
    heldBack: about('What Segment sends and a list of names leaves out, most events first', listOf(HELD_BACK)),
    heldBackTotal: NUMBER,
    others: about(
      'Events under names beyond those that are kept apart',
      object({ taken: NUMBER, refused: NUMBER, heldBack: NUMBER }),
    ),
  }),
);

export const MARK_CALL = named(
  'MarkCall',
  only(
    object(
      {
        names: about(`From 1 to ${NAME_LIMIT.maximum} names`, listOf(TEXT)),
        setUp: about('false takes the mark back', FLAG),
      },
      { destination: DESTINATION },
    ),
  ),
);
