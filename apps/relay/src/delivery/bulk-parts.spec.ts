import { TurnMemory } from '@segment-userleap/delivery';
import { settlementOf } from '../../test/outbox-suite/attempt';
import { DELIVERED, NOW } from '../../test/outbox-suite/sample-events';
import { VirtualClock } from '../../test/virtual-clock';
import type { LeaseCall, Leased, PendingEvent, Turn } from '../outbox/port/turn';
import { joinBulks, splitSettlement } from './bulk-parts';
import type { JoinedTurn } from './bulk-parts';

const CALL = { bulk: { least: 1_001, most: 2 } } as LeaseCall & Required<Pick<LeaseCall, 'bulk'>>;

/** A bulk of these users with an event each, whose ids are a hundred apart. */
function bulkOf(id: number, ...users: readonly string[]): Turn {
  const kept = { attempts: 0, isParked: false, isBackfilled: false, isKnown: true, memory: null, tracked: null };
  const events = users.map((lane, at): PendingEvent => {
    const flags = { claimedAt: null, isBackfilled: false, isUntried: true };
    return { id: 100 * at + id, lane, type: 'identify', body: '{}', acceptedAt: NOW, queuedAt: NOW, ...flags };
  });
  const lanes = users.map((lane) => ({ lane, lastDelete: null, doubt: null, ...kept }));
  const flags = { isPurge: false, isBackfilled: false, isBulk: true } as const;
  return { id, destination: 'here', lanes, events, usableUntil: NOW, ...flags };
}

async function join(first: Turn, ...more: readonly Leased[]): Promise<{ joined: JoinedTurn; calls: LeaseCall[] }> {
  const calls: LeaseCall[] = [];
  const joined = await joinBulks(first, CALL, {
    clock: new VirtualClock(),
    memory: new TurnMemory(),
    onRoom: () => undefined,
    lease: async (call, room) => {
      room.narrow(0);
      calls.push(call);
      const leased = more[calls.length - 1];
      if (!leased) throw new Error('the store fails');
      return leased;
    },
    isStopped: () => false,
  });
  return { joined, calls };
}

const turns = (...some: readonly Turn[]): Leased => ({ kind: 'turns', turns: some });
const NONE: Leased = { kind: 'idle', until: undefined };

describe(joinBulks.name, () => {
  it('has further bulks share the request, however few users they have, in order of arrival', async () => {
    const { joined, calls } = await join(bulkOf(1, 'a', 'b'), turns(bulkOf(2, 'c', 'd')), turns(bulkOf(3, 'e')), NONE);
    expect(joined.lanes.map(({ lane }) => lane)).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(joined.events.map(({ id }) => id)).toEqual([1, 2, 3, 101, 102]);
    expect(calls.map(({ bulk }) => bulk)).toEqual(Array(3).fill({ least: 1, most: 2, isAll: true }));
  });

  it('takes no more users than a request may have', async () => {
    const many = (id: number, count: number) => bulkOf(id, ...Array.from({ length: count }, (_, at) => `${id} ${at}`));
    const { calls } = await join(many(1, 14_999), turns(many(2, 1)));
    expect(calls.map(({ bulk }) => bulk?.most)).toEqual([1]);
  });

  it('goes with what there is where the store fails', async () => {
    expect((await join(bulkOf(1, 'a'))).joined.parts).toHaveLength(1);
  });
});

describe(splitSettlement.name, () => {
  it('settles each part with what is its own, and counts the request once', async () => {
    const { joined } = await join(bulkOf(1, 'a', 'b'), turns(bulkOf(2, 'c')), NONE);
    const toldMany = ['a', 'b', 'c'].map((userId) => ({ userId, isTracked: false, attributes: 1, events: [] }));
    const reply = { status: 202 };
    const request = { kind: 'bulk' as const, sentAt: NOW, milliseconds: 1, reply, events: [1, 2, 101], toldMany };
    const settlement = settlementOf(joined, [DELIVERED], {
      requests: [request],
      learnt: [
        ['a', 'known'],
        ['c', 'known'],
      ],
      memories: new Map([
        ['b', new Uint8Array([1])],
        ['c', new Uint8Array([2])],
      ]),
      givenBack: [{ userId: 'c', at: NOW }],
    });
    const [one, two] = splitSettlement(settlement, joined);
    expect(one).toMatchObject({
      turn: { id: 1, lanes: [{ lane: 'a' }, { lane: 'b' }] },
      results: [{ id: 1 }, { id: 101 }],
      requests: [{ events: [1, 101], carried: 3, toldMany: toldMany.slice(0, 2) }],
      places: [{ id: 1, endedAt: NOW }],
      learnt: [['a', 'known']],
      memories: new Map([['b', new Uint8Array([1])]]),
      givenBack: [],
    });
    expect(two).toMatchObject({
      turn: { id: 2, lanes: [{ lane: 'c' }] },
      results: [{ id: 2 }],
      requests: [{ events: [2], carried: 3, isCounted: false, toldMany: toldMany.slice(2) }],
      places: [{ id: 2, endedAt: null }],
      learnt: [['c', 'known']],
      memories: new Map([['c', new Uint8Array([2])]]),
      givenBack: [{ userId: 'c' }],
    });
    expect(one?.requests[0]?.isCounted).toBeUndefined();
  });

  it('leaves alone what has no parts', () => {
    const turn = bulkOf(1, 'a');
    const settlement = settlementOf(turn, [DELIVERED]);
    expect(splitSettlement(settlement, turn)).toEqual([settlement]);
  });
});
