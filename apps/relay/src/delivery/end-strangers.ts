import { describeDuration } from '../config/duration';
import type { Destination, RelayConfig } from '../config/relay-config';
import type { OutboxPort, PausedTime } from '../outbox/port/outbox.port';
import type { EndedEvents } from '../outbox/port/turn';
import { horizonStart } from './horizon-start';

/** How many events may wait for one user. */
const MOST_OF_A_USER = 10_000;

type Outbox = Pick<OutboxPort, 'endParked' | 'findOvergrown'>;

interface Step {
  /** How many events wait for their users, by destination. */
  readonly parked: ReadonlyMap<string, number>;
  readonly now: number;
  readonly limit: number;
  readonly pausedTimes: readonly PausedTime[];
}

/**
 * Ends what has waited for its user for as long as it may, or is more than may wait: a little of it at a destination. Returns
 * that; nothing: no more is to be ended.
 */
export async function endStrangers(
  outbox: Outbox,
  { name, settings }: Destination,
  { parkedLimit, destinations }: Pick<RelayConfig, 'parkedLimit' | 'destinations'>,
  { parked: all, now, limit, pausedTimes }: Step,
): Promise<readonly EndedEvents[]> {
  const graceMs = settings.unknownUserGraceSeconds * 1000;
  const call = { destination: name, now, limit };
  const before = horizonStart(now, graceMs, pausedTimes);
  const tooLong = { ...call, before, sentence: `given up after ${describeDuration(graceMs)}` };
  const overdue = await outbox.endParked(tooLong);
  if (overdue.length > 0) return overdue;
  for (const { lane, events } of await outbox.findOvergrown(name, MOST_OF_A_USER)) {
    return outbox.endParked({
      ...call,
      lane,
      limit: Math.min(limit, events - MOST_OF_A_USER),
      sentence: `more than ${MOST_OF_A_USER} events waited for this user`,
    });
  }
  const parked = new Map(destinations.map((one) => [one.name, all.get(one.name) ?? 0]));
  const excess = [...parked.values()].reduce((sum, count) => sum + count, 0) - parkedLimit;
  // The destination with the most of them makes room.
  if (excess <= 0 || parked.get(name) !== Math.max(...parked.values())) return [];
  const sentence = `more than ${parkedLimit} events waited for such users`;
  return outbox.endParked({ ...call, limit: Math.min(limit, excess), sentence });
}
