import type { LanePause } from '../outbox/port/lane-pause';
import type { LaneRecord } from '../outbox/port/lane-record';
import { PRIORITY } from './event-schemas';
import { NEXT, PAGE } from './page-schemas';
import { about, listOf, named, nullable, NUMBER, object, oneOf, TEXT, TIME } from './schema';
import type { Schema } from './schema';

export const LANE_QUERY = { destination: TEXT, userId: TEXT, ...PAGE };

const LANE_PAUSE: Schema<LanePause> = named(
  'LanePause',
  object({
    pausedBy: oneOf('relay', 'person'),
    reason: about('Why the relay has paused it', nullable(TEXT)),
    pausedAt: TIME,
    nextProbeAt: about('When the relay tries again by itself', nullable(TIME)),
  }),
);

/** A lane, without its place in a list. */
export type Lane = Omit<LaneRecord, 'cursor'>;

export const LANE_RECORD: Schema<Lane> = named(
  'LaneRecord',
  object({
    destination: TEXT,
    userId: TEXT,
    pending: NUMBER,
    priority: about('`backfill`: it holds nothing else, and goes when nothing live is ready', PRIORITY),
    oldestAt: TIME,
    dueAt: about('Null: ready', nullable(TIME)),
    attempts: NUMBER,
    reason: about('What the last attempt came to, of the event that waits longest', nullable(TEXT)),
    message: nullable(TEXT),
    pause: about('Null: its destination is not paused', nullable(LANE_PAUSE)),
    waitsFor: about(
      '`answer`: it is in flight. `identify`: its user is not known. `pause`: its destination is paused',
      oneOf('budget', 'retry', 'pause', 'identify', 'answer'),
    ),
  }),
);

export const LANE_PAGE = named('LanePage', object({ lanes: listOf(LANE_RECORD), next: NEXT }));
