import type { Outcome } from '@segment-userleap/mapping';
import { monthOf } from '../../src/outbox/counting/calendar';
import type { Learnt, SentRequest, Turn } from '../../src/outbox/port/turn';
import type { Usage } from '../../src/outbox/port/usage';
import type { Ended } from '../../src/outbox/schema/outbox-schema';
import { leaseTurn, settle } from './attempt';
import type { Ending } from './attempt';
import type { OutboxUnderTest } from './outbox-under-test';
import { DAY, deleteOf, DELIVERED, HERE, identify, NOW, retry, SECOND, settled, THERE, trackOf } from './sample-events';

const MONTH = 202601;

/** An upsert for a user as a turn has sent it, with an event of each of these names. */
export function sentFor(turn: Turn, userId: string, fields: Partial<SentRequest> = {}, names = ['Seen']): SentRequest {
  const { tracked = null } = turn.lanes.find(({ lane }) => lane === userId) ?? {};
  const isTracked = (tracked ?? 0) >= monthOf(fields.sentAt ?? NOW);
  const told = { userId, isTracked, attributes: 2, events: names.map((name) => [name, 1] as const) };
  const ids = turn.events.map(({ id }) => id);
  return { kind: 'upsert', sentAt: NOW, milliseconds: 1, reply: { status: 202 }, events: ids, told, ...fields };
}

export function describeUsing({ outbox }: OutboxUnderTest): void {
  describe('what was sent in a month', () => {
    let count = 0;
    const load = (month = MONTH, environment = HERE): Promise<Usage> =>
      outbox().usage({ environment, destinations: [HERE], month });

    async function send(
      userId: string,
      fields: Partial<SentRequest> = {},
      { names, ...ending }: Ending & { readonly names?: string[] } = {},
    ): Promise<void> {
      await outbox().accept([trackOf(userId, `sent ${count++}`)]);
      const turn = await leaseTurn(outbox());
      await settle(outbox(), turn, [DELIVERED], { requests: [sentFor(turn, userId, fields, names)], ...ending });
    }
    const monthsOf = async (): Promise<readonly (readonly number[])[]> =>
      (await load()).months.map(({ month, trackedUsers }) => [month, trackedUsers]);

    it('has each user once, and all events and attributes, by day', async () => {
      await send('anna');
      await send('bert', { sentAt: NOW + DAY });
      await send('anna', { sentAt: NOW + DAY }, { names: ['Seen', 'Bought'] });
      const { months, days } = await load();
      expect(months).toEqual([{ month: MONTH, trackedUsers: 2, events: 4, attributes: 6 }]);
      expect(days).toEqual([
        { day: 20260101, trackedUsers: 1, events: 1, attributes: 2 },
        { day: 20260102, trackedUsers: 1, events: 3, attributes: 4 },
      ]);
      expect(await outbox().usageDays({ environment: HERE, month: MONTH })).toEqual(days);
    });

    it('has a user again in the next month, and not in one before that comes later', async () => {
      await send('anna');
      await send('anna', { sentAt: NOW + 31 * DAY });
      await send('anna', { sentAt: NOW + DAY });
      expect(await monthsOf()).toEqual([
        [MONTH, 1],
        [202602, 1],
      ]);
    });

    it('is that of an environment, whoever sent it', async () => {
      await send('anna');
      await outbox().accept([trackOf('anna', 'elsewhere', { destination: THERE })]);
      const turn = await leaseTurn(outbox(), { destination: THERE, environment: HERE });
      expect(turn.lanes).toMatchObject([{ tracked: MONTH }]);
      await settle(outbox(), turn, [DELIVERED], { environment: HERE, requests: [sentFor(turn, 'anna')] });
      expect((await load()).months).toMatchObject([{ trackedUsers: 1, events: 2 }]);
      expect((await load(MONTH, THERE)).months).toEqual([]);
    });

    it.each<[string, readonly Learnt[]]>([
      ['is new', [['anna', 'known']]],
      ['is known', []],
    ])(
      'has a user once who %s, and was marked while the turn was under way, and keeps what it was told',
      async (_, learnt) => {
        if (learnt.length === 0) {
          await outbox().accept([identify('before')]);
          await settle(outbox(), await leaseTurn(outbox()), [DELIVERED], { learnt: [['anna', 'known']] });
        }
        await outbox().accept([identify('meanwhile')]);
        const turn = await leaseTurn(outbox());
        await outbox().trackUsers({ environment: HERE, users: ['anna'], at: NOW, limit: 10 });
        const memories = new Map([['anna', new Uint8Array([1, 2])]]);
        await settle(outbox(), turn, [DELIVERED], { requests: [sentFor(turn, 'anna')], learnt, memories });
        expect(await monthsOf()).toEqual([[MONTH, 1]]);
        expect(await outbox().isKnownUser(HERE, 'anna')).toBe(true);
        expect(await outbox().loadMemory(HERE, 'anna')).toEqual(new Uint8Array([1, 2]));
      },
    );

    it('has users whom UserLeap shows to have been told of by a process that died', async () => {
      await outbox().accept([trackOf('anna', 'one')]);
      const found = [{ userId: 'anna', at: NOW + DAY, isTracked: false, events: 3 }];
      await settle(outbox(), await leaseTurn(outbox()), [DELIVERED], { found });
      expect((await load()).days).toEqual([{ day: 20260102, trackedUsers: 1, events: 3, attributes: 0 }]);
      await send('anna');
      expect(await monthsOf()).toEqual([[MONTH, 1]]);
    });

    it('has users whom UserLeap may have been told of, but no events of theirs; not those that it refused', async () => {
      await send('anna', { reply: { failure: 'timeout' } });
      await send('bert', { reply: { status: 503 } });
      await send('cleo', { reply: { status: 400 } });
      await send('dora', { reply: { failure: 'out_of_time' } });
      expect((await load()).months).toEqual([{ month: MONTH, trackedUsers: 2, events: 0, attributes: 0 }]);
    });

    it('has no user of a look-up or a purge', async () => {
      await outbox().accept([trackOf('anna', 'one'), deleteOf('bert', 'two')]);
      for (const kind of ['purge', 'lookup'] as const) {
        const turn = await leaseTurn(outbox());
        const { told: _, ...request } = sentFor(turn, 'anna', { kind });
        await settle(outbox(), turn, [retry('unknown_user')], { requests: [request] });
      }
      expect((await load()).months).toEqual([]);
    });

    it('keeps its count where a user is erased, and counts the user anew', async () => {
      const erased: Learnt = ['anna', 'erased'];
      await send('anna', {}, { learnt: [['anna', 'known']] });
      await send('anna', {}, { learnt: [erased] });
      expect(await monthsOf()).toEqual([[MONTH, 1]]);
      await send('anna');
      expect(await monthsOf()).toEqual([[MONTH, 2]]);
      await outbox().eraseUser({ userId: 'anna', now: NOW, limit: 10 });
      await send('anna');
      expect(await monthsOf()).toEqual([[MONTH, 3]]);
    });

    it('counts a user once who is erased and told of again in one turn', async () => {
      await send('anna', {}, { learnt: [['anna', 'known']] });
      const learnt: readonly Learnt[] = [
        ['anna', 'erased'],
        ['anna', 'known'],
      ];
      await send('anna', {}, { learnt });
      await send('anna');
      expect(await monthsOf()).toEqual([[MONTH, 1]]);
    });

    it('marks nobody whose events were erased by hand meanwhile', async () => {
      await outbox().accept([trackOf('anna', 'one')]);
      const turn = await leaseTurn(outbox());
      await outbox().eraseUser({ userId: 'anna', now: NOW, limit: 10 });
      await settle(outbox(), turn, [DELIVERED], { requests: [sentFor(turn, 'anna')] });
      expect(await monthsOf()).toEqual([[MONTH, 1]]);
      await outbox().accept([trackOf('anna', 'two')]);
      expect((await leaseTurn(outbox())).lanes).toMatchObject([{ tracked: null }]);
    });

    it('marks the others of a turn of which one user was erased by hand meanwhile', async () => {
      const fate = { createsUser: true, deletesUser: false, otherUser: null, mayBulk: true } as const;
      const users = ['anna', 'bert', 'cleo'];
      await outbox().accept(users.map((lane) => identify(`of ${lane}`, { fate: { ...fate, lane } })));
      const turn = await leaseTurn(outbox(), { bulk: { least: 3, most: 3 } });
      await outbox().eraseUser({ userId: 'anna', now: NOW, limit: 10 });
      const toldMany = users.map((userId) => ({ userId, isTracked: false, attributes: 1, events: [] }));
      const { told: _, ...request } = sentFor(turn, 'anna', { kind: 'bulk', toldMany });
      await settle(outbox(), turn, [DELIVERED], {
        requests: [request],
        learnt: users.map((userId) => [userId, 'known']),
      });
      await outbox().accept(users.map((user) => trackOf(user, `again of ${user}`)));
      const lanes = [];
      for (const _ of users) lanes.push(...(await leaseTurn(outbox())).lanes);
      expect(lanes.map(({ lane, tracked, isKnown }) => [lane, tracked, isKnown])).toEqual([
        ['anna', null, false],
        ['bert', MONTH, true],
        ['cleo', MONTH, true],
      ]);
      expect(await monthsOf()).toEqual([[MONTH, 3]]);
    });

    it('tells which samples the users would be in', async () => {
      for (let user = 0; user < 20; user += 1) await send(`user ${user}`);
      const { sampled } = await load();
      // By MurmurHash3 of these ids: libs/mapping/src/events/is-sampled.ts.
      expect(sampled).toEqual([
        { percent: 10, trackedUsers: 2 },
        { percent: 25, trackedUsers: 5 },
        { percent: 50, trackedUsers: 12 },
      ]);
    });

    it('tells what was sent most, and for whom; nothing of an erased user', async () => {
      await send('anna', {}, { names: ['Seen', 'Bought'] });
      await send('bert');
      await send('anna', { reply: { status: 400 } });
      const { topEvents, topUsers } = await load();
      expect(topEvents).toEqual([
        { event: 'Seen', events: 2 },
        { event: 'Bought', events: 1 },
      ]);
      expect(topUsers).toEqual([
        { userId: 'anna', events: 2 },
        { userId: 'bert', events: 1 },
      ]);
      await send('anna', {}, { learnt: [['anna', 'erased']] });
      expect((await load()).topUsers).toEqual([{ userId: 'bert', events: 1 }]);
      await outbox().eraseUser({ userId: 'bert', now: NOW, limit: 10 });
      expect((await load()).topUsers).toEqual([]);
    });

    it('is kept for 13 months, with the one that goes on', async () => {
      const prune = (now: number): Promise<number> =>
        outbox().prune({ now, limit: 1, retentionMs: DAY, deadLetterRetentionMs: DAY, deduplicationMs: DAY });
      const later = Date.UTC(2027, 0, 31);
      await send('anna');
      await send('bert', { sentAt: later });
      while ((await prune(later)) > 0);
      expect(await monthsOf()).toEqual([
        [MONTH, 1],
        [202701, 1],
      ]);
      expect((await load()).topUsers).toHaveLength(1);
      while ((await prune(later + DAY)) > 0);
      expect(await monthsOf()).toEqual([[202701, 1]]);
      expect((await load()).topUsers).toEqual([]);
    });

    it('remembers who counts in the month though nobody knows the user for long', async () => {
      const periods = { limit: 10, retentionMs: DAY, deadLetterRetentionMs: DAY, deduplicationMs: DAY };
      await send('anna');
      await outbox().prune({ now: NOW + 10 * DAY, ...periods });
      await send('anna');
      expect(await monthsOf()).toEqual([[MONTH, 1]]);
      await outbox().prune({ now: NOW + 31 * DAY, ...periods });
      await send('anna');
      expect(await monthsOf()).toEqual([[MONTH, 2]]);
    });

    it('has the names that were sent most, where there are too many', async () => {
      const names = Array.from({ length: 1_003 }, (_, index) => `Event ${index}`);
      await send('anna', {}, { names });
      await send('anna', {}, { names: names.slice(3) });
      await send('anna', {}, { names: ['Event 5'], now: NOW + 61 * SECOND });
      const prune = (): Promise<number> =>
        outbox().prune({ now: NOW, limit: 2, retentionMs: DAY, deadLetterRetentionMs: DAY, deduplicationMs: DAY });
      expect(await prune()).toBe(2);
      expect(await prune()).toBe(1);
      expect(await prune()).toBe(0);
    });

    it('tells what needed no request, by reason', async () => {
      const filtered = settled('filtered', 'filtered');
      const outcome = { outcome: 'filtered', reason: 'event_denied', message: 'denied', warnings: [] } as const;
      await outbox().accept([{ ...filtered, fate: { outcome, userId: null } }, trackOf('anna', 'told')]);
      await settle(outbox(), await leaseTurn(outbox()), [{ ...outcome, reason: 'unchanged' }]);
      expect((await load()).saved).toEqual(
        new Map([
          ['event_denied', 1],
          ['unchanged', 1],
        ]),
      );
    });

    it('has what needed no request once, however often it is replayed, and not if it was sent', async () => {
      const unchanged = { outcome: 'filtered', reason: 'unchanged', message: 'as before', warnings: [] } as const;
      const fate = { lane: 'anna', createsUser: false, deletesUser: false, otherUser: null };
      await outbox().accept([trackOf('anna', 'one')]);
      const replay = async (state: Ended, outcome: Outcome): Promise<number | undefined> => {
        const [record] = await outbox().listEvents({ limit: 1 });
        await outbox().requeue([{ id: record?.id ?? 0, fate, state }], NOW + 31 * DAY);
        await settle(outbox(), await leaseTurn(outbox()), [outcome], { now: NOW + 31 * DAY });
        return (await load()).saved.get('unchanged');
      };
      await settle(outbox(), await leaseTurn(outbox()), [unchanged]);
      expect(await replay('filtered', DELIVERED)).toBe(0);
      expect(await replay('delivered', unchanged)).toBe(0);
      expect(await replay('filtered', unchanged)).toBe(0);
      expect((await load(202602)).saved).toEqual(new Map());
    });
  });
}
