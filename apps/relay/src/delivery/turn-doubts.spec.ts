import type { UserLeapReply, UserLeapRequest } from '@segment-userleap/userleap-api';
import { parseDestination } from '../config/read-destinations';
import type { PendingEvent, Settlement, Turn } from '../outbox/port/turn';
import { deliverTurn } from './deliver-turn';
import { doubtsOf, findTold } from './turn-doubts';

const NOW = Date.UTC(2026, 0, 1);
const SINCE = NOW - 60_000;

/** An event of a lane, which UserLeap shows if it was told of it. */
function track(id: number, lane: string): PendingEvent {
  const time = NOW - 1_000 + id;
  const event = { type: 'track', userId: lane, event: `Step ${id}`, timestamp: new Date(time).toISOString() };
  const flags = { isBackfilled: false, isUntried: false };
  return {
    id,
    lane,
    type: 'track',
    body: JSON.stringify(event),
    acceptedAt: NOW,
    queuedAt: NOW,
    claimedAt: null,
    ...flags,
  };
}

/** Two lanes, of which Anna's is in doubt up to its second event. */
function turn(attempts: number): Turn {
  const common = { isParked: false, isBackfilled: false, isKnown: true, memory: null, tracked: null, lastDelete: null };
  return {
    id: 1,
    destination: 'here',
    lanes: [
      { lane: 'anna', attempts, doubt: { upTo: 3, since: SINCE, toldBefore: [] }, ...common },
      { lane: 'bert', attempts: 0, doubt: null, ...common },
    ],
    events: [track(1, 'anna'), track(2, 'bert'), track(3, 'anna'), track(4, 'anna')],
    usableUntil: Infinity,
    isPurge: false,
    isBackfilled: false,
  };
}

/** Has the turn delivered. UserLeap shows that it has Anna's first event. Returns what was sent, in order, by user, and who was found. */
async function deliver(leased: Turn): Promise<{
  readonly sent: Readonly<Record<string, readonly string[]>>;
  readonly found: Settlement['found'];
}> {
  const sent: Record<string, string[]> = { anna: [], bert: [] };
  const send = async ({ kind, url, body }: UserLeapRequest): Promise<UserLeapReply> => {
    if (kind === 'lookup') {
      sent[url.split('/').at(-1) ?? '']?.push('looked up');
      const events = [{ event: 'Step 1', count: 1, createdAt: NOW - 999, updatedAt: NOW - 999 }];
      return { status: 200, headers: {}, body: JSON.stringify({ attributes: {}, events }) };
    }
    const { userId, events } = JSON.parse(body ?? '') as { userId: string; events: { event: string }[] };
    sent[userId]?.push(...events.map(({ event }) => event));
    return { status: 202, headers: {}, body: '' };
  };
  const raw = { name: 'here', settings: { apiKey: 'key', endpoint: 'http://127.0.0.1:1' } };
  const destination = parseDestination(raw, 'destination', 60);
  if (!destination.ok) throw new Error('the sample destination is not valid');
  const outbox = {
    isKnownUser: async () => true,
    loadMemory: async () => undefined,
    lastDelivered: async () => undefined,
    hasAnswered: async () => true,
    reserve: async () => ({ kind: 'places' as const, ids: [2], usableUntil: Infinity }),
  };
  const clock = {
    now: () => NOW,
    elapsed: () => 0,
    budgetNow: () => 0,
    setTimer: () => () => undefined,
    allRead: async () => undefined,
  };
  const told = { secret: [1, 2] as const, unchangedMs: 0 };
  const ports = { outbox, clock, told, limit: undefined, chance: () => 1, send, isOver: () => false };
  const { settlement } = await deliverTurn(leased, destination.value, ports);
  expect(settlement.results.map(({ outcome }) => outcome.outcome)).toEqual(leased.events.map(() => 'delivered'));
  return { sent, found: settlement.found };
}

describe(doubtsOf.name, () => {
  it('has a user looked up of whom something is in doubt, and only that held against what UserLeap shows', async () => {
    const { sent } = await deliver(turn(0));
    expect(sent).toEqual({ anna: ['looked up', 'Step 3', 'Step 4'], bert: ['Step 2'] });
  });

  it('lets a lane go that could not be looked up for long', async () => {
    const { sent, found } = await deliver(turn(5));
    expect(sent).toEqual({ anna: ['Step 1', 'Step 3', 'Step 4'], bert: ['Step 2'] });
    expect(found).toBeUndefined();
  });

  it('is nothing where no lane is in doubt', () => {
    const { lanes, events } = turn(0);
    expect(doubtsOf({ lanes: lanes.slice(1), events })).toBeUndefined();
  });
});

describe(findTold.name, () => {
  it('finds users of whom UserLeap shows what the turn did not send, with the events and the time', async () => {
    const { found } = await deliver(turn(0));
    expect(found).toEqual([{ userId: 'anna', at: SINCE, isTracked: false, events: 1 }]);
  });
});
