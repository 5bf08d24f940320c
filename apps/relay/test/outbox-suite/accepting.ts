import { attempt, lanesOf, lease, leaseTurn, messageIdsOf } from './attempt';
import type { OutboxUnderTest } from './outbox-under-test';
import { DELIVERED, HERE, NOW, settled, THERE, track, trackOf } from './sample-events';

const NOTHING = { kind: 'idle', until: undefined };

export function describeAccepting({ outbox, reopen }: OutboxUnderTest): void {
  describe('accept', () => {
    const waiting = async (destination = HERE) => messageIdsOf(await leaseTurn(outbox(), { destination }));

    it('makes an event wait in a lane that is ready at once', async () => {
      await outbox().accept([track('one')]);
      const { lanes, events } = await leaseTurn(outbox());
      expect(lanes).toEqual([
        {
          lane: 'anna',
          attempts: 0,
          isParked: false,
          isBackfilled: false,
          isKnown: false,
          memory: null,
          tracked: null,
          lastDelete: null,
          doubt: null,
        },
      ]);
      expect(events).toEqual([
        {
          id: expect.any(Number),
          lane: 'anna',
          type: 'track',
          body: '{"messageId":"one"}',
          acceptedAt: NOW,
          queuedAt: NOW,
          claimedAt: null,
          isBackfilled: false,
          isUntried: true,
        },
      ]);
    });

    it('keeps the body as it came', async () => {
      const body = JSON.stringify({ text: 'äöü 😀 \u0000 \ud800 "', list: [1, 1.5e300, null], nested: { 'a.b': '' } });
      await outbox().accept([track('one', { body })]);
      const { events } = await leaseTurn(outbox());
      expect(events[0]?.body).toBe(body);
    });

    it('takes no events for nothing to do', async () => {
      await outbox().accept([]);
      expect(await lease(outbox())).toEqual(NOTHING);
    });

    it('passes over a message id that it has', async () => {
      await outbox().accept([track('one', { body: '{"messageId":"first"}' })]);
      await outbox().accept([track('one', { body: '{"messageId":"second"}' }), track('two')]);
      expect(await waiting()).toEqual(['first', 'two']);
    });

    it('passes over a message id that has its outcome already', async () => {
      await outbox().accept([settled('one', 'filtered')]);
      await outbox().accept([track('one')]);
      expect(await lease(outbox())).toEqual(NOTHING);
    });

    it('passes over a message id that comes twice at once', async () => {
      await outbox().accept([track('one', { body: '{"messageId":"first"}' }), track('one'), track('two')]);
      expect(await waiting()).toEqual(['first', 'two']);
    });

    it('does not take the same message id at another destination for the same event', async () => {
      await outbox().accept([track('one'), track('one', { destination: THERE })]);
      await outbox().accept([track('one', { destination: THERE })]);
      expect(await waiting()).toEqual(['one']);
      expect(await waiting(THERE)).toEqual(['one']);
    });

    it.each(['filtered', 'unsupported', 'rejected'] as const)('makes no lane for what is %s', async (outcome) => {
      await outbox().accept([settled('one', outcome, 'anna')]);
      expect(await lease(outbox())).toEqual(NOTHING);
      expect(await outbox().countPending(HERE)).toBe(0);
      const ended = { state: outcome, userId: 'anna', attempts: 0, settledAt: new Date(NOW).toISOString() };
      expect(await outbox().listEvents({ limit: 10 })).toMatchObject([ended]);
    });

    it('keeps, finds and erases what is rejected for an id beyond all limits', async () => {
      // As good as random: an index cannot make it short.
      const ids = ['a', 'b'].map((end) => Array.from({ length: 500 }, (_, n) => Math.sin(n).toString()).join() + end);
      await outbox().accept(ids.map((id, index) => settled(`message ${index}`, 'rejected', id)));
      const [userId = ''] = ids;
      const found = await outbox().listEvents({ userId, limit: 9 });
      expect(found.map(({ messageId }) => messageId)).toEqual(['message 0']);
      expect(await outbox().listEvents({ userId: found[0]?.userId ?? '', limit: 9 })).toEqual(found);
      expect((await outbox().eraseUser({ userId, now: NOW, limit: 9 })).erased).toBe(1);
    });

    it('keeps none where one cannot be kept', async () => {
      const events = Array.from({ length: 2_500 }, (_, index) => track(`message ${index}`));
      const bad = track('bad', { type: null as unknown as string });
      await expect(outbox().accept([...events, bad])).rejects.toThrow();
      expect(await outbox().listEvents({ limit: 10 })).toEqual([]);
      expect(await lease(outbox())).toEqual(NOTHING);
    });

    it.each(['zero \0', 'one \u0001', 'both \u0001\u0002\0', 'quotes \' " \\ {}', 'NULL', '😀'])(
      'keeps a user apart whose id is %j',
      async (user) => {
        await outbox().accept([trackOf(user, 'one'), trackOf('both \0', 'two')]);
        expect(lanesOf(await attempt(outbox(), [DELIVERED], { learnt: [[user, 'known']] }))).toEqual([user]);
        expect(await outbox().isKnownUser(HERE, user)).toBe(true);
        expect((await outbox().listEvents({ userId: user, limit: 9 })).map(({ userId }) => userId)).toEqual([user]);
        expect(lanesOf(await leaseTurn(outbox()))).toEqual(['both \0']);
      },
    );

    it('fails and keeps nothing once it is closed', async () => {
      const closed = await reopen();
      await closed.close();
      await expect(closed.accept([track('one')])).rejects.toThrow();
      expect(await (await reopen()).listEvents({ limit: 10 })).toEqual([]);
    });

    it('takes 3,000 events at once, in their order', async () => {
      const events = Array.from({ length: 3_000 }, (_, index) => trackOf(`user ${index % 7}`, `message ${index}`));
      await outbox().accept(events);
      const expected = events.map(({ messageId }) => messageId);
      const listed = await outbox().listEvents({ limit: 3_000 });
      expect(listed.map(({ messageId }) => messageId).reverse()).toEqual(expected);
      expect(await waiting()).toEqual(expected.filter((_, index) => index % 7 === 0));
    });

    it('keeps what several callers hand over at the same time', async () => {
      await Promise.all(['one', 'two', 'three'].map((id) => outbox().accept([track(id)])));
      expect([...(await waiting())].sort()).toEqual(['one', 'three', 'two']);
    });

    it('counts what waits, for each destination', async () => {
      await outbox().accept([track('one'), trackOf('bert', 'two'), track('one', { destination: THERE })]);
      expect(await outbox().countPending(HERE)).toBe(2);
      expect(await outbox().countPending(THERE)).toBe(1);
      expect(await outbox().countPending('nowhere')).toBe(0);
    });
  });
}
