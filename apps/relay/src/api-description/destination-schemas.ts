import { about, listOf, named, nullable, NUMBER, object, oneOf, TEXT, TIME } from './schema';

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
    budget: object({
      requests: NUMBER,
      windowSeconds: NUMBER,
      used: NUMBER,
      blockedUntil: about('UserLeap said not to call before then', nullable(TIME)),
    }),
  }),
);

export const DESTINATION_LIST = object({ destinations: listOf(DESTINATION_RECORD) });
