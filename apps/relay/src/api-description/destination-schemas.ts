import { about, FLAG, listOf, named, nullable, NUMBER, object, oneOf, only, TEXT, TIME } from './schema';

export const DESTINATION_RECORD = named(
  'DestinationRecord',
  object({
    name: TEXT,
    state: oneOf('delivering', 'paused'),
    pausedBy: nullable(oneOf('relay', 'person')),
    reason: about('Why the relay has paused it', nullable(TEXT)),
    pausedAt: nullable(TIME),
    nextProbeAt: nullable(TIME),
    pending: NUMBER,
    parked: about('How many of them wait for users whom UserLeap does not know', NUMBER),
    held: about('How many more are held until it is known whose they are', NUMBER),
    budget: object({
      requests: NUMBER,
      windowSeconds: NUMBER,
      used: NUMBER,
      blockedUntil: about('UserLeap said not to call before then', nullable(TIME)),
    }),
  }),
);

const UNCONFIGURED_RECORD = named(
  'UnconfiguredRecord',
  object({
    name: TEXT,
    state: oneOf('not configured'),
    pending: NUMBER,
    oldestPendingAt: about('Since when the event waits that waits longest', nullable(TIME)),
  }),
);

/** Those that are configured, and those that are not and for which events wait. */
export const DESTINATIONS = {
  destinations: listOf(DESTINATION_RECORD),
  unconfigured: about('Renamed or removed, while events wait for them', listOf(UNCONFIGURED_RECORD)),
};

export const DESTINATION_LIST = object(DESTINATIONS);

export const MOVE_CALL = only(object({ to: about('A destination that is configured', TEXT) }));

/** What came of trying a destination's key. */
export const KEY_CHECK = named(
  'KeyCheck',
  object({
    ok: about('UserLeap takes the key', FLAG),
    status: about('What UserLeap answered; null where no answer came', nullable(NUMBER)),
    message: about('A sentence about it', TEXT),
  }),
);
