import { SeededRandom } from '@segment-userleap/relay-driver';
import { zipfDraw } from '../coalescing/zipf-draw';
import { sampleEvent } from '../load/sample-event';

export interface HistoryShape {
  readonly events: number;
  readonly users: number;
  /** Of 1: users whom nothing in the history identifies. */
  readonly strangers: number;
}

export type HistoryEvent = Readonly<Record<string, unknown>>;

const START = Date.UTC(2024, 0, 1);
const STEP_MS = 60_000;
// A few users have a thousand times as many events as most.
const SKEW = 0.7;

/** Three years of a shop, in order of time, the same every time: some users have very many events, most a few. */
export function* makeHistory({ events, users, strangers }: HistoryShape): Iterable<HistoryEvent> {
  const random = new SeededRandom(20_261_201);
  const draw = zipfDraw(users, SKEW, () => random.next());
  const known = Math.round(users * (1 - strangers));
  const seen = new Set<number>();
  for (let number = 0; number < events; number += 1) {
    // Everybody is there once, somewhere; most users come several times.
    const user = number % 5 === 0 && seen.size < users ? nextUnseen(seen, number, users) : draw();
    const isFirst = !seen.has(user);
    seen.add(user);
    const isKnown = isIdentified(user, known, users);
    yield { ...callOf(number, { isFirst: isFirst && isKnown, isKnown, random }), ...commonOf(number, user) };
  }
}

function nextUnseen(seen: ReadonlySet<number>, number: number, users: number): number {
  for (let user = (number * 7_919) % users; ; user = (user + 1) % users) if (!seen.has(user)) return user;
}

/** Strangers are some of all, not those with the fewest events. */
function isIdentified(user: number, known: number, users: number): boolean {
  return (user * 7_919) % users < known;
}

/** As large as what the intake is measured with. */
function callOf(
  number: number,
  { isFirst, isKnown: mayIdentify, random }: { isFirst: boolean; isKnown: boolean; random: SeededRandom },
): HistoryEvent {
  const kind = random.next();
  if (isFirst || (mayIdentify && kind < 0.1)) return IDENTIFY;
  if (kind < 0.75) return { ...TRACK, event: `Event ${number % 12}` };
  return kind < 0.97 ? { ...TRACK, type: 'page' } : { ...TRACK, type: 'group', groupId: 'g1' };
}

const TRACK: HistoryEvent = { ...sampleEvent('track') };
const IDENTIFY: HistoryEvent = { ...sampleEvent('identify') };

function commonOf(number: number, user: number): HistoryEvent {
  const time = new Date(START + number * STEP_MS).toISOString();
  return {
    messageId: `6b1f2a5e-0c37-4f43-9be2-${String(number).padStart(12, '0')}`,
    userId: `user-${user}`,
    anonymousId: `507f191e-810c-4197-a3d5-${String(user).padStart(12, '0')}`,
    timestamp: time,
    originalTimestamp: time,
    sentAt: time,
    receivedAt: time,
  };
}
