import { Lane } from './lane';
import { PlayedRelay } from './play-relay';

const LIMIT = { requests: 1_000, windowMs: 300_000 };

interface PlayedCall {
  readonly user: string;
  readonly createsUser?: boolean;
}

/** What a relay would make of these calls, each of them one event of a kilobyte. */
function play(calls: readonly PlayedCall[], { eventsPerSecond = 1e9, limit = LIMIT } = {}) {
  const relay = new PlayedRelay({ limit, eventsPerSecond, createsAny: false });
  const lanes = new Map<string, Lane>();
  for (const [place, { user, createsUser = false }] of calls.entries()) {
    relay.goTo(place);
    const lane = lanes.get(user) ?? new Lane();
    lanes.set(user, lane);
    relay.accept(lane, { place, createsUser, events: createsUser ? 0 : 1, bytes: 1_000 });
  }
  return relay.end(calls.length);
}

function callsOf(users: number, eventsOfEach: number): readonly PlayedCall[] {
  return Array.from({ length: users * eventsOfEach }, (_, index) => {
    return { user: `u${index % users}`, createsUser: index < users };
  });
}

describe(PlayedRelay.name, () => {
  it('makes one request for each user where all of it waits', () => {
    expect(play(callsOf(3_000, 1))).toMatchObject({ requests: 3_000, lookUps: 0 });
  });

  it('sends nine tenths of the limit, evenly', () => {
    const { ms } = play(callsOf(9_000, 1));
    expect(ms).toBeGreaterThan(9.9 * 300_900);
    expect(ms).toBeLessThan(10.1 * 300_900);
  });

  it('makes one more for a user of whom something is sent while more of it is still to come', () => {
    const others = Array.from({ length: 999 }, () => ({ user: 'v', createsUser: true }));
    const calls = [{ user: 'u', createsUser: true }, ...others, { user: 'u' }];
    expect(play(calls, { eventsPerSecond: 1_000 }).requests).toBe(3);
    expect(play(calls.slice(0, -1), { eventsPerSecond: 1_000 }).requests).toBe(2);
  });

  it('looks up whom nothing creates, but nine times as often delivers something', () => {
    const strangers = Array.from({ length: 100 }, (_, index) => ({ user: `s${index}` }));
    expect(play([...strangers, ...callsOf(90, 1)])).toMatchObject({ requests: 90, lookUps: 9 });
  });

  it('never takes less time than the hand-over', () => {
    expect(play(callsOf(1, 1_000), { eventsPerSecond: 10 }).ms).toBe(100_000);
  });
});
