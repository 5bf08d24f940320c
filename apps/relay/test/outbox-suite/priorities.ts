import type { LeaseCall, Turn } from '../../src/outbox/port/turn';
import type { NewEvent } from '../../src/outbox/port/outbox.port';
import { BacklogFull } from '../../src/outbox/port/outbox.port';
import { attempt, lanesOf, lease, leaseTurn, messageIdsOf, settle } from './attempt';
import type { OutboxUnderTest } from './outbox-under-test';
import { DAY, DELIVERED, HERE, identify, LATER, NOW, PARKED, retry, SECOND, track, trackOf } from './sample-events';

const OLD = { isBackfilled: true } as const;

/** What is live goes first, and a backfill when nothing live is ready, but for its share. */
export function describePriorities({ outbox, reopen }: OutboxUnderTest): void {
  const old = (lane: string, messageId: string, fields: Partial<NewEvent> = {}) =>
    trackOf(lane, messageId, { ...OLD, ...fields });
  const next = (fields: Partial<LeaseCall> = {}): Promise<Turn> => leaseTurn(outbox(), fields);
  const leaseMany = async (fields: Partial<LeaseCall>): Promise<readonly string[]> => {
    const leased = await lease(outbox(), { most: 20, mostBackfilled: 20, ...fields });
    return leased.kind === 'turns' ? leased.turns.flatMap(lanesOf) : [];
  };

  describe('backfilled events', () => {
    it('go when no live lane is ready', async () => {
      await outbox().accept([old('old', 'one')]);
      await outbox().accept([trackOf('anna', 'two'), trackOf('bert', 'three')]);
      expect(lanesOf(await next())).toEqual(['anna']);
      expect(lanesOf(await next())).toEqual(['bert']);
      expect(await next()).toMatchObject({ isBackfilled: true, lanes: [{ lane: 'old', isBackfilled: true }] });
    });

    it('have every tenth turn all the same', async () => {
      await outbox().accept([
        old('old', 'one'),
        old('older', 'two'),
        trackOf('anna', 'three'),
        trackOf('bert', 'four'),
      ]);
      expect(lanesOf(await next({ liveTurns: 8 }))).toEqual(['anna']);
      expect(lanesOf(await next({ liveTurns: 9 }))).toEqual(['old']);
      expect(await leaseMany({ most: 2, liveTurns: 8 })).toEqual(['older', 'bert']);
    });

    it('leave places for what is live', async () => {
      await outbox().accept(['a', 'b', 'c', 'd'].map((lane) => old(lane, lane)));
      await outbox().accept([trackOf('anna', 'live')]);
      expect(await leaseMany({ most: 4, mostBackfilled: 2 })).toEqual(['anna']);
      expect(await leaseMany({ most: 4, mostBackfilled: 2 })).toEqual(['a', 'b']);
      expect(await leaseMany({ most: 4, mostBackfilled: 0 })).toEqual([]);
    });

    it('go in the order in which they came', async () => {
      await outbox().accept([old('b', 'one'), old('a', 'two'), old('b', 'three')]);
      expect(lanesOf(await next())).toEqual(['b']);
      expect(lanesOf(await next())).toEqual(['a']);
    });

    it('go along at once with a live event of their user, which ranks by that one', async () => {
      await outbox().accept([old('anna', 'one'), old('cleo', 'two')]);
      await outbox().accept([trackOf('bert', 'three'), trackOf('anna', 'four')]);
      expect(lanesOf(await next())).toEqual(['bert']);
      const turn = await next();
      expect(turn).toMatchObject({ isBackfilled: false, lanes: [{ lane: 'anna', isBackfilled: false }] });
      expect(messageIdsOf(turn)).toEqual(['one', 'four']);
      expect(lanesOf(await next())).toEqual(['cleo']);
    });

    it('go along though the live one came with them', async () => {
      await outbox().accept([old('anna', 'one'), trackOf('bert', 'two'), trackOf('anna', 'three')]);
      expect(lanesOf(await next())).toEqual(['bert']);
      expect(lanesOf(await next())).toEqual(['anna']);
    });

    it('take no place away from a live lane that they join', async () => {
      await outbox().accept([trackOf('anna', 'one'), old('bert', 'two'), old('anna', 'three')]);
      expect(messageIdsOf(await next())).toEqual(['one', 'three']);
    });

    it('are behind again once nothing live is left in their lane', async () => {
      await outbox().accept([trackOf('anna', 'one')]);
      const turn = await next();
      await outbox().accept([old('anna', 'two'), trackOf('bert', 'three')]);
      await settle(outbox(), turn);
      expect(lanesOf(await next())).toEqual(['bert']);
      expect(await next()).toMatchObject({ isBackfilled: true, lanes: [{ lane: 'anna' }] });
    });

    it('stay before others where something live is behind more than is looked at', async () => {
      await outbox().accept(Array.from({ length: 2_100 }, (_, at) => old('anna', `old ${at}`)));
      await outbox().accept([old('bert', 'old of bert'), trackOf('anna', 'live')]);
      await attempt(outbox(), [DELIVERED]);
      await attempt(outbox(), [DELIVERED]);
      const turn = await next();
      expect(messageIdsOf(turn).at(-1)).toBe('live');
      await settle(outbox(), turn);
      expect(lanesOf(await next())).toEqual(['bert']);
    });

    it('are tried again behind what is live, too', async () => {
      await outbox().accept([old('old', 'one')]);
      await attempt(outbox(), [retry('server_error')], { next: LATER });
      await outbox().accept([track('two')]);
      const later = { now: NOW + 5 * SECOND };
      expect(lanesOf(await next(later))).toEqual(['anna']);
      expect(lanesOf(await next(later))).toEqual(['old']);
    });

    it('have their users looked up behind those of live events, but for a share of theirs', async () => {
      const looksUp = { looksUp: true, liveTurns: 0 };
      await outbox().accept([old('old', 'one'), trackOf('anna', 'two')]);
      await outbox().accept([identify('three', { ...OLD, fate: { ...CREATES, lane: 'creating' } })]);
      expect(lanesOf(await next(looksUp))).toEqual(['anna']);
      const share = { ...looksUp, backfilledLookUpsFirst: 1 };
      expect(lanesOf(await next(share))).toEqual(['creating']);
      await outbox().accept([identify('four', { ...OLD, fate: { ...CREATES, lane: 'creating too' } })]);
      expect(lanesOf(await next(share))).toEqual(['old']);
      expect(lanesOf(await next(share))).toEqual(['creating too']);
    });

    it('make their parked lane live when something live comes', async () => {
      await outbox().accept([old('anna', 'one'), old('bert', 'two')]);
      await attempt(outbox(), [retry('unknown_user')], { next: PARKED });
      await attempt(outbox(), [retry('unknown_user')], { next: PARKED });
      await outbox().accept([trackOf('bert', 'three')]);
      const later = { looksUp: true, now: NOW + 61 * SECOND };
      expect(lanesOf(await next(later))).toEqual(['bert']);
      expect(lanesOf(await next(later))).toEqual(['anna']);
    });

    it('are told from others in lists', async () => {
      await outbox().accept([old('old', 'one'), track('two')]);
      const events = await outbox().listEvents({ limit: 10 });
      expect(events.map(({ priority }) => priority)).toEqual(['live', 'backfill']);
      const lanes = await outbox().listLanes({ now: NOW, limit: 10 });
      expect(lanes.map(({ userId, priority }) => `${userId} ${priority}`)).toEqual(['old backfill', 'anna live']);
    });

    it('stay what they are when they are replayed', async () => {
      await outbox().accept([old('old', 'one')]);
      await attempt(outbox(), [{ outcome: 'rejected', reason: 'refused', message: 'no', warnings: [] }]);
      await outbox().accept([track('two')]);
      const letters = await outbox().loadDeadLetters({}, undefined, 10);
      await outbox().requeue(
        letters.map(({ id }) => ({ id, fate: { ...CREATES, createsUser: false, lane: 'old' } })),
        NOW,
      );
      expect(lanesOf(await next())).toEqual(['anna']);
      expect(lanesOf(await next())).toEqual(['old']);
    });

    it('are ready since the first of them came, and what is live since its own', async () => {
      await outbox().accept([old('old', 'one'), track('two', { acceptedAt: NOW + SECOND })]);
      expect(await outbox().readySince(HERE, NOW)).toBe(NOW + SECOND);
      expect(await outbox().readySince(HERE, NOW, 'live')).toBe(NOW + SECOND);
      expect(await outbox().readySince(HERE, NOW, 'backfill')).toBe(NOW);
    });
  });

  describe('the horizon of backfilled events', () => {
    const giveUp = async (before: number, fields = {}) =>
      (await outbox().giveUp({ destination: HERE, before, now: NOW, sentence: 'late', limit: 10, ...fields })).length;

    it('does not begin before they are tried', async () => {
      await outbox().accept([old('old', 'one')]);
      expect(await giveUp(NOW + DAY)).toBe(0);
      await attempt(outbox(), [retry('server_error')], { now: NOW + 2 * DAY, next: LATER });
      expect(await giveUp(NOW + 2 * DAY)).toBe(0);
      await attempt(outbox(), [retry('server_error')], { now: NOW + 3 * DAY, next: LATER });
      expect(await giveUp(NOW + 2 * DAY + 1)).toBe(1);
    });

    it('is not that of what waits beside them', async () => {
      await outbox().accept([old('anna', 'one'), track('two', { acceptedAt: NOW + DAY }), old('anna', 'three')]);
      expect(await giveUp(NOW + DAY)).toBe(0);
      expect(await giveUp(NOW + DAY + 1)).toBe(1);
      const events = await outbox().listEvents({ limit: 10 });
      expect(events.filter(({ state }) => state === 'rejected')).toMatchObject([{ messageId: 'two' }]);
    });

    it('counts from when they came where nothing will ever be sent', async () => {
      await outbox().accept([old('old', 'one')]);
      expect(await giveUp(NOW + 1, { isForUntried: true })).toBe(1);
    });
  });

  describe('the budget of a backfill', () => {
    const budget = { id: 'own', requests: 20, windowMs: 60 * SECOND };
    const users = Array.from({ length: 30 }, (_, at) => `old ${at}`);

    it('is all that it has while nothing live is ready, however many turns there may be', async () => {
      await outbox().accept(users.map((user) => old(user, user)));
      const many = { most: 20, mostBackfilled: 20, liveTurns: 0 };
      expect(await leaseMany({ budget, budgetNow: NOW, ...many })).toHaveLength(1);
      expect(await lease(outbox(), { budget, budgetNow: NOW, ...many })).toMatchObject({ isForBackfill: true });
    });

    it('leaves a tenth for what is live, which goes at once', async () => {
      await outbox().accept(users.map((user) => old(user, user)));
      let taken = 0;
      let now = NOW;
      // Before the first of them is free again.
      while (now < NOW + 79 * SECOND) {
        const leased = await lease(outbox(), { budget, budgetNow: now, most: 20, mostBackfilled: 20 });
        if (leased.kind === 'turns') taken += leased.turns.length;
        else expect(leased).toMatchObject({ kind: 'wait', isForBackfill: true });
        now += SECOND;
      }
      expect(taken).toBe(18);
      await outbox().accept([track('live'), trackOf('bert', 'live, too')]);
      expect(await leaseMany({ budget, budgetNow: now, most: 2 })).toEqual(['anna', 'bert']);
      expect(await lease(outbox(), { budget, budgetNow: now })).toMatchObject({ kind: 'wait', isForBackfill: true });
    });
  });

  describe('a backlog that grows', () => {
    it('turns a backfill away before what is live', async () => {
      await reopen({ backlogLimit: 4 });
      await outbox().accept([old('old', 'one'), old('old', 'two'), old('old', 'three')]);
      await expect(outbox().accept([old('old', 'four')])).rejects.toThrow(BacklogFull);
      await outbox().accept([track('five')]);
      await expect(outbox().accept([track('six')])).rejects.toThrow(BacklogFull);
    });
  });
}

const CREATES = { lane: '', createsUser: true, deletesUser: false, otherUser: null };
