import type { Turn } from '../../src/outbox/port/turn';
import { LARGE_BUDGET, lanesOf, lease, messageIdsOf, settlementOf } from './attempt';
import type { OutboxUnderTest } from './outbox-under-test';
import {
  aliasOf,
  AT_ONCE,
  deleteOf,
  DELIVERED,
  HERE,
  identify,
  LATER,
  NOW,
  PARKED,
  refused,
  retry,
  SECOND,
  track,
  trackOf,
} from './sample-events';
import type { LeaseCall, Settlement } from '../../src/outbox/port/turn';

const MEGABYTE = 1024 * 1024;

export function describeTogether({ outbox }: OutboxUnderTest): void {
  async function leaseMany(most: number, fields: Partial<LeaseCall> = {}): Promise<readonly Turn[]> {
    const leased = await lease(outbox(), { most, ...fields });
    return leased.kind === 'turns' ? leased.turns : [];
  }

  const acceptOneOf = (users: readonly string[]) => outbox().accept(users.map((user) => trackOf(user, `of ${user}`)));

  describe('several turns at a time', () => {
    it('are those of the lanes with the oldest events, as many as are asked for', async () => {
      const users = Array.from({ length: 60 }, (_, index) => `user ${index}`);
      await acceptOneOf(users);
      expect((await leaseMany(25)).map(lanesOf)).toEqual(users.slice(0, 25).map((user) => [user]));
      expect((await leaseMany(100)).map(lanesOf)).toEqual(users.slice(25).map((user) => [user]));
      expect(await lease(outbox(), { most: 100 })).toEqual({ kind: 'idle', until: undefined });
    });

    it('have a place in the budget each: no more turns than places', async () => {
      const budget = { id: 'small', requests: 8, windowMs: 100 * SECOND };
      await acceptOneOf(['anna', 'bert', 'cleo', 'dora', 'emil', 'fritz']);
      const turns = await leaseMany(6, { budget });
      expect(turns.map(lanesOf)).toEqual([['anna'], ['bert'], ['cleo'], ['dora']]);
      expect(new Set(turns.map(({ id }) => id)).size).toBe(4);
      expect((await outbox().budgetUse(budget, NOW)).used).toBe(4);
      expect(await lease(outbox(), { budget, most: 6 })).toMatchObject({ kind: 'wait' });
    });

    it('have what Aliases bind in one of them, and no lane in two', async () => {
      await outbox().accept([
        trackOf('old', 'one'),
        trackOf('bert', 'two'),
        aliasOf('old', 'anna', 'three'),
        identify('four'),
        trackOf('cleo', 'five'),
      ]);
      const turns = await leaseMany(10);
      expect(turns.map(messageIdsOf)).toEqual([['one', 'three', 'four'], ['two'], ['five']]);
    });

    it('leave a lane for later that one of them may change', async () => {
      await outbox().accept([track('one'), aliasOf('old', 'anna', 'two')]);
      const [both] = await leaseMany(1);
      const next = new Map([
        ['anna', AT_ONCE],
        ['old', { ...LATER, attempts: 5 }],
      ]);
      await outbox().settle([{ ...settlementOf(both as Turn, [retry('server_error')]), next }]);
      // The Alias has failed for long: its new user does not wait for it any more, and it does not go beside that one.
      expect((await leaseMany(10, { now: NOW + 5 * SECOND })).map(messageIdsOf)).toEqual([['one']]);
    });

    it('hold a lane with much in it, or with what is large, as they do where it is alone', async () => {
      const many = Array.from({ length: 70 }, (_, index) => `of anna ${index}`);
      await outbox().accept([
        ...many.map((id) => track(id)),
        trackOf('bert', 'small'),
        trackOf('bert', 'large', { body: JSON.stringify({ messageId: 'large', filler: 'x'.repeat(50_000) }) }),
        trackOf('cleo', 'last'),
      ]);
      expect((await leaseMany(10)).map(messageIdsOf)).toEqual([many, ['small', 'large'], ['last']]);
    });

    it('are no more than there is room for, but at least one', async () => {
      const large = (user: string) =>
        trackOf(user, user, { body: JSON.stringify({ messageId: user, filler: 'x'.repeat(3 * MEGABYTE) }) });
      await outbox().accept(['anna', 'bert', 'cleo', 'dora'].map(large));
      expect((await leaseMany(10, { bytes: 8 * MEGABYTE })).map(lanesOf)).toEqual([['anna'], ['bert']]);
      expect((await leaseMany(10, { bytes: 1 })).map(lanesOf)).toEqual([['cleo']]);
    });

    it('are one where it is a purge', async () => {
      await outbox().accept([trackOf('anna', 'one'), deleteOf('bert', 'two'), deleteOf('cleo', 'three')]);
      expect((await leaseMany(10)).map(lanesOf)).toEqual([['bert', 'cleo']]);
      expect((await leaseMany(10)).map(lanesOf)).toEqual([['anna']]);
    });

    it('are a few look-ups, then what can be delivered, then the other look-ups', async () => {
      await acceptOneOf(['strange', 'stranger', 'strangest']);
      const fate = { lane: 'bert', createsUser: true, deletesUser: false, otherUser: null };
      await outbox().accept([identify('of anna')]);
      expect((await leaseMany(1, { looksUp: true })).map(lanesOf)).toEqual([['anna']]);
      await outbox().accept([identify('of bert', { fate })]);
      const turns = await leaseMany(10, { looksUp: true, lookUpsFirst: 1 });
      expect(turns.map(lanesOf)).toEqual([['strange'], ['bert'], ['stranger'], ['strangest']]);
    });

    it('say of each lane whether its user is known', async () => {
      await outbox().accept([identify('one')]);
      const [first] = await leaseMany(1);
      await outbox().settle([settlementOf(first as Turn, [DELIVERED], { learnt: [['anna', 'known']] })]);
      await outbox().accept([track('two'), trackOf('bert', 'three')]);
      const lanes = (await leaseMany(10)).flatMap((turn) => turn.lanes);
      expect(lanes).toMatchObject([
        { lane: 'anna', isKnown: true },
        { lane: 'bert', isKnown: false },
      ]);
    });
  });

  describe('settling several turns at a time', () => {
    const USERS = ['anna', 'bert', 'cleo', 'dora', 'emil'] as const;

    async function settleAll(): Promise<readonly Turn[]> {
      await acceptOneOf(USERS);
      const turns = await leaseMany(10);
      await outbox().accept([trackOf('anna', 'more of anna')]);
      const sent = (turn: Turn | undefined, milliseconds: number): Pick<Settlement, 'requests'> => ({
        requests: [
          {
            kind: 'upsert',
            sentAt: NOW,
            milliseconds,
            reply: { status: 202 },
            events: turn?.events.map(({ id }) => id) ?? [],
          },
        ],
      });
      const [anna, bert, cleo, dora, emil] = turns as [Turn, Turn, Turn, Turn, Turn];
      await outbox().settle([
        settlementOf(anna, [DELIVERED], { ...sent(anna, 1), learnt: [['anna', 'known']] }),
        settlementOf(bert, [refused('no')], sent(bert, 2)),
        settlementOf(cleo, [retry('server_error')], { ...sent(cleo, 3), next: LATER }),
        settlementOf(dora, [retry('unknown_user')], { ...sent(dora, 4), next: PARKED }),
        settlementOf(emil, [retry('rate_limited')], { ...sent(emil, 5), next: AT_ONCE, endedAt: null }),
      ]);
      return turns;
    }

    it('keeps what became of each', async () => {
      await settleAll();
      const events = await outbox().listEvents({ limit: 10 });
      const states = Object.fromEntries(events.map((event) => [event.messageId, [event.state, event.reason]]));
      expect(states).toEqual({
        'of anna': ['delivered', null],
        'more of anna': ['pending', null],
        'of bert': ['rejected', 'refused'],
        'of cleo': ['pending', 'server_error'],
        'of dora': ['pending', 'unknown_user'],
        'of emil': ['pending', 'rate_limited'],
      });
    });

    it('keeps of each event the request that carried it', async () => {
      const turns = await settleAll();
      const times = [];
      for (const { events } of turns) {
        const kept = await outbox().loadEvent(events[0]?.id ?? 0);
        times.push(kept?.story.flatMap((entry) => ('milliseconds' in entry ? [entry.milliseconds] : [])));
      }
      expect(times).toEqual([[1], [2], [3], [4], [5]]);
    });

    it('frees each lane for its own next attempt', async () => {
      await settleAll();
      expect((await leaseMany(10)).map(messageIdsOf)).toEqual([['of emil'], ['more of anna']]);
      expect((await leaseMany(10, { now: NOW + 60 * SECOND })).map(messageIdsOf)).toEqual([['of cleo'], ['of dora']]);
    });

    it('gives back the places in which nothing was sent', async () => {
      await settleAll();
      expect((await outbox().budgetUse(LARGE_BUDGET, NOW)).used).toBe(4);
    });

    it('counts what waits, and for what', async () => {
      await settleAll();
      expect(await outbox().countPending(HERE)).toBe(4);
      expect(await outbox().countWaitingFor('unknown_user')).toEqual(new Map([[HERE, 1]]));
    });

    it('forgets a user who is erased in one of them, though another has learnt of it before', async () => {
      await outbox().accept([trackOf('bert', 'one'), deleteOf('anna', 'two')]);
      const [purge, other] = [...(await leaseMany(1)), ...(await leaseMany(1))] as [Turn, Turn];
      await outbox().settle([
        settlementOf(other, [DELIVERED], {
          learnt: [
            ['bert', 'known'],
            ['anna', 'known'],
          ],
        }),
        settlementOf(purge, [DELIVERED], { learnt: [['anna', 'erased']] }),
      ]);
      expect(await outbox().isKnownUser(HERE, 'anna')).toBe(false);
      expect(await outbox().isKnownUser(HERE, 'bert')).toBe(true);
    });
  });
}
