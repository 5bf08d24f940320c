import { SeededRandom } from '@segment-userleap/relay-driver';
import { zipfDraw } from './zipf-draw';

export interface TraceEvent {
  /** Milliseconds from the start; no two events share one. */
  readonly at: number;
  readonly user: number;
  readonly type: 'identify' | 'track' | 'page';
}

export interface TraceShape {
  readonly events: number;
  /** Each has at least one event. */
  readonly users: number;
  readonly durationMs: number;
  /** Of the Zipf distribution of the users' activity. */
  readonly exponent: number;
  readonly seed: number;
}

const PAGES = 0.06;
const IDENTIFIES = 0.04;

/** The traffic of some users in order of time, the same for the same seed. A user's first event is an Identify. */
export function makeTrace({ events, users, durationMs, exponent, seed }: TraceShape): readonly TraceEvent[] {
  const seeded = new SeededRandom(seed);
  const random = (): number => seeded.next();
  const draw = zipfDraw(users, exponent, random);
  const owners = Array.from({ length: events }, (_, index) => (index < users ? index : draw()));
  shuffle(owners, random);

  const times = distinctTimes(events, durationMs, random);
  const seen = new Set<number>();
  return owners.map((user, index) => {
    const type = seen.has(user) ? drawType(random()) : 'identify';
    seen.add(user);
    return { at: times[index] ?? NaN, user, type };
  });
}

function drawType(chance: number): TraceEvent['type'] {
  if (chance < PAGES) return 'page';
  return chance < PAGES + IDENTIFIES ? 'identify' : 'track';
}

function distinctTimes(count: number, durationMs: number, random: () => number): readonly number[] {
  const times = new Set<number>();
  while (times.size < count) times.add(Math.floor(random() * durationMs));
  return [...times].sort((a, b) => a - b);
}

function shuffle(items: number[], random: () => number): void {
  for (let last = items.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [items[last], items[other]] = [items[other] ?? NaN, items[last] ?? NaN];
  }
}
