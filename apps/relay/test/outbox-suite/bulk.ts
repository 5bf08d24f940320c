import type { LeaseCall, Turn } from '../../src/outbox/port/turn';
import { lanesOf, lease, leaseTurn, messageIdsOf, settle, settlementOf } from './attempt';
import type { OutboxUnderTest } from './outbox-under-test';
import { aliasOf, DELIVERED, HERE, identify, LATER, NOW, retry, SECOND, trackOf } from './sample-events';

const CREATES = { createsUser: true, deletesUser: false, otherUser: null } as const;

/** Many users of whom nothing but Identifies wait share a turn, where a destination has that. */
export function describeBulk({ outbox, reopen }: OutboxUnderTest): void {
  describe('a bulk', () => {
    const inBulk = (lane: string, messageId = lane, fields: Partial<ReturnType<typeof identify>> = {}) =>
      identify(messageId, { fate: { ...CREATES, lane, mayBulk: true }, ...fields });
    const bulk = { least: 3, most: 5 };
    const next = (fields: Partial<LeaseCall> = {}): Promise<Turn> => leaseTurn(outbox(), { bulk, ...fields });
    const users = ['a', 'b', 'c', 'd', 'e', 'f'];

    it('takes the users whose events are the oldest, in one place of the budget', async () => {
      const budget = { id: 'own', requests: 100, windowMs: 60 * SECOND };
      await outbox().accept([...users.map((user) => inBulk(user)), inBulk('a', 'again')]);
      const turn = await next({ budget });
      expect(turn).toMatchObject({ isBulk: true, isBackfilled: false });
      expect([...lanesOf(turn)].sort()).toEqual(['a', 'b', 'c', 'd', 'e']);
      expect(messageIdsOf(turn)).toEqual(['a', 'b', 'c', 'd', 'e', 'again']);
      expect(await outbox().budgetUse(budget, NOW)).toMatchObject({ used: 1 });
    });

    it('goes before what is older, and is not waited for', async () => {
      await outbox().accept([trackOf('older', 'older'), ...users.map((user) => inBulk(user))]);
      expect((await next()).isBulk).toBe(true);
      expect(lanesOf(await next())).toEqual(['older']);
    });

    it('is none where fewer users wait', async () => {
      await outbox().accept([inBulk('a'), inBulk('b')]);
      expect(await next()).toMatchObject({ lanes: [{ lane: 'a' }] });
    });

    it('is all that goes, where more is to share its request', async () => {
      const most = { bulk: { least: 1, most: 4, isAll: true } };
      await outbox().accept([trackOf('older', 'older'), ...users.map((user) => inBulk(user))]);
      expect((await next(most)).lanes).toHaveLength(4);
      expect((await next(most)).lanes).toHaveLength(2);
      expect(await lease(outbox(), most)).toMatchObject({ kind: 'idle' });
    });

    it('is waited for by all while another is under way', async () => {
      const busy = { bulk: { ...bulk, isBusy: true } };
      await outbox().accept([trackOf('older', 'older'), ...users.map((user) => inBulk(user))]);
      expect(await lease(outbox(), busy)).toMatchObject({ kind: 'idle' });
      expect((await next()).lanes).toHaveLength(5);
      expect(lanesOf(await next(busy))).toEqual(['older']);
    });

    it('is none where the destination has none', async () => {
      await outbox().accept(users.map((user) => inBulk(user)));
      expect(lanesOf(await leaseTurn(outbox()))).toEqual(['a']);
    });

    it('is no probe', async () => {
      await outbox().accept(users.map((user) => inBulk(user)));
      await outbox().savePause(HERE, { reason: 'server_error', pausedAt: NOW, probes: 1, probeAt: NOW }, NOW);
      expect(lanesOf(await next({ probe: { due: NOW, next: NOW + SECOND } }))).toEqual(['a']);
    });

    it('leaves out who has anything else waiting, or what an Alias binds', async () => {
      await outbox().accept([
        ...users.map((user) => inBulk(user)),
        trackOf('a', 'track'),
        aliasOf('old', 'b', 'alias'),
      ]);
      await outbox().accept([identify('not in bulk', { fate: { ...CREATES, lane: 'c' } })]);
      expect([...lanesOf(await next())].sort()).toEqual(['d', 'e', 'f']);
    });

    it('leaves out of whom there is much, or much at a time', async () => {
      await outbox().accept(Array.from({ length: 30 }, (_, at) => inBulk('a', `of a ${at}`)));
      await outbox().accept([inBulk('b', 'large', { body: JSON.stringify({ text: 'x'.repeat(10_000) }) })]);
      await outbox().accept(['c', 'd', 'e', 'f'].map((user) => inBulk(user)));
      expect([...lanesOf(await next())].sort()).toEqual(['c', 'd', 'e']);
      expect(lanesOf(await next())).toEqual(['a']);
    });

    it('has no more bytes than there is room for', async () => {
      const body = JSON.stringify({ text: 'x'.repeat(1_000) });
      await outbox().accept(users.map((user) => inBulk(user, user, { body })));
      expect((await next({ bytes: 3 * body.length + 1 })).lanes).toHaveLength(3);
    });

    it('is settled in one go, whose users are known from then on, with what they were told', async () => {
      await outbox().accept(users.map((user) => inBulk(user)));
      const turn = await next();
      const memories = new Map([['a', Uint8Array.of(1, 2)]]);
      await settle(outbox(), turn, [DELIVERED], { learnt: lanesOf(turn).map((user) => [user, 'known']), memories });
      expect(await outbox().isKnownUser(HERE, 'e')).toBe(true);
      expect(await outbox().loadMemory(HERE, 'a')).toEqual(Uint8Array.of(1, 2));
      expect(lanesOf(await next())).toEqual(['f']);
      expect(await lease(outbox(), { bulk })).toEqual({ kind: 'idle', until: undefined });
    });

    it('is tried again as a bulk when its back-off has ended', async () => {
      await outbox().accept(users.slice(0, 5).map((user) => inBulk(user)));
      await settle(outbox(), await next(), [retry('server_error')], { next: LATER });
      expect(await lease(outbox(), { bulk })).toMatchObject({ kind: 'idle' });
      expect(await next({ now: NOW + 5 * SECOND })).toMatchObject({ isBulk: true, lanes: { length: 5 } });
    });

    it('has its users go by themselves where it is said', async () => {
      await outbox().accept(users.map((user) => inBulk(user)));
      const turn = await next();
      await outbox().settle([{ ...settlementOf(turn, []), results: [], apart: lanesOf(turn) }]);
      expect(lanesOf(await next())).toEqual(['a']);
    });

    it('may be sent again whole after a crash', async () => {
      await outbox().accept(users.map((user) => inBulk(user)));
      await next();
      const reopened = await reopen();
      const leased = await leaseTurn(reopened, { bulk });
      expect(leased).toMatchObject({ isBulk: true, lanes: { length: 5 } });
    });

    it('is of a backfill where nothing in it is live', async () => {
      await outbox().accept(users.map((user) => inBulk(user, user, { isBackfilled: true })));
      expect(await next()).toMatchObject({ isBulk: true, isBackfilled: true });
    });
  });
}
