import type { LaneRecord } from '../outbox/port/lane-record';
import { PRIORITY } from './event-schemas';
import { NEXT, PAGE } from './page-schemas';
import { about, listOf, named, nullable, NUMBER, object, oneOf, TEXT, TIME } from './schema';
import type { Schema } from './schema';

export const LANE_QUERY = { destination: TEXT, userId: TEXT, ...PAGE };

const LANE_RECORD: Schema<Omit<LaneRecord, 'cursor'>> = named(
  'LaneRecord',
  object({
    destination: TEXT,
    userId: TEXT,
    pending: NUMBER,
    priority: about('`backfill`: it holds nothing else, and goes when nothing live is ready', PRIORITY),
    oldestAt: TIME,
    dueAt: about('Null: ready', nullable(TIME)),
    attempts: NUMBER,
    waitsFor: about(
      '`answer`: it is in flight. `identify`: its user is not known. `pause`: its destination is paused',
      oneOf('budget', 'retry', 'pause', 'identify', 'answer'),
    ),
  }),
);

export const LANE_PAGE = named('LanePage', object({ lanes: listOf(LANE_RECORD), next: NEXT }));
