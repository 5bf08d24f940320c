import { attempt, leaseTurn, messageIdsOf, settle } from './attempt';
import type { OutboxUnderTest } from './outbox-under-test';
import { recordOf } from './record-of';
import {
  aliasOf,
  AT_ONCE,
  DELIVERED,
  deleteOf,
  HERE,
  identify,
  NOW,
  refused,
  retry,
  settled,
  THERE,
  track,
} from './sample-events';
import { trackOf } from './sample-events';

export function describeErasing({ outbox, reopen }: OutboxUnderTest): void {
  describe('the erasure of a user', () => {
    const erase = { learnt: [['anna', 'erased']] } as const;
    const ofAnna = async () =>
      (await outbox().listEvents({ userId: 'anna', limit: 100 })).map(({ messageId }) => messageId).reverse();
    const record = (messageId: string) => recordOf(outbox(), messageId);

    it('leaves nothing of the user but what became of the events', async () => {
      const warnings = [{ code: 'invalid_email', trait: 'mail of anna' }] as const;
      await outbox().accept([track('one'), track('two'), settled('three', 'rejected', 'anna')]);
      await attempt(outbox(), [retry('server_error')], { next: AT_ONCE });
      await attempt(outbox(), [{ ...DELIVERED, warnings }, refused('anna is refused')]);
      await outbox().accept([deleteOf('anna', 'four')]);
      await attempt(outbox(), [DELIVERED], erase);
      expect(await ofAnna()).toEqual([]);
      const gone = { userId: null, message: null, warnings: [], history: [] };
      expect(await record('one')).toMatchObject({ ...gone, state: 'delivered', attempts: 2 });
      expect(await record('two')).toMatchObject({ ...gone, state: 'rejected', reason: 'refused' });
      expect(await record('three')).toMatchObject({ ...gone, state: 'rejected', reason: 'invalid_event' });
      expect(await record('four')).toMatchObject({ ...gone, state: 'delivered' });
      expect(await outbox().loadDeadLetters({}, undefined, 10)).toEqual([]);
    });

    it('takes what its Delete had overtaken, an Alias to the user too', async () => {
      await outbox().accept([track('one'), aliasOf('old', 'anna', 'two'), deleteOf('anna', 'three')]);
      await attempt(outbox(), [DELIVERED], erase);
      expect(await ofAnna()).toEqual([]);
      expect(await record('two')).toMatchObject({ userId: null, state: 'filtered', reason: 'user_deleted' });
    });

    it('takes an Alias to the user that is long through', async () => {
      await outbox().accept([aliasOf('old', 'anna', 'one')]);
      await attempt(outbox(), [refused('no')]);
      await outbox().accept([deleteOf('anna', 'two')]);
      await attempt(outbox(), [DELIVERED], erase);
      expect(await record('one')).toMatchObject({ userId: null, message: null });
      expect(await outbox().loadDeadLetters({}, undefined, 10)).toEqual([]);
    });

    it('leaves what came after the Delete, sent together with it or not', async () => {
      await outbox().accept([deleteOf('anna', 'one'), identify('two')]);
      const turn = await leaseTurn(outbox());
      await outbox().accept([track('three'), settled('four', 'filtered', 'anna')]);
      await settle(outbox(), turn, [DELIVERED, refused('of the new anna')], erase);
      expect(await ofAnna()).toEqual(['two', 'three', 'four']);
      expect(await record('two')).toMatchObject({ message: 'of the new anna' });
      expect(messageIdsOf(await leaseTurn(outbox()))).toEqual(['three']);
    });

    it('leaves other users and other destinations', async () => {
      await outbox().accept([trackOf('bert', 'one'), track('two', { destination: THERE })]);
      await attempt(outbox(), [refused('bert')]);
      await settle(outbox(), await leaseTurn(outbox(), { destination: THERE }), [refused('there')]);
      await outbox().accept([deleteOf('anna', 'three')]);
      await attempt(outbox(), [DELIVERED], erase);
      expect(await record('one')).toMatchObject({ userId: 'bert', message: 'bert' });
      expect(await record('two')).toMatchObject({ userId: 'anna', message: 'there' });
    });

    it('is of all destinations with the same key, and takes what waits there from before it', async () => {
      await outbox().useEnvironments([HERE, THERE].map((destination) => ({ destination, environment: HERE })));
      const there = { destination: THERE };
      await outbox().accept([track('one', there)]);
      await settle(outbox(), await leaseTurn(outbox(), there), [refused('anna')], { environment: HERE });
      await outbox().accept([track('two', there), { ...aliasOf('old', 'anna', 'alias'), ...there }]);
      await outbox().accept([deleteOf('anna', 'three'), track('four', there)]);
      await attempt(outbox(), [DELIVERED], erase);
      expect(await record('one')).toMatchObject({ userId: null, message: null, state: 'rejected' });
      for (const messageId of ['two', 'alias']) {
        expect(await record(messageId)).toMatchObject({ userId: null, state: 'filtered', reason: 'user_deleted' });
      }
      expect(await outbox().loadDeadLetters({}, undefined, 10)).toEqual([]);
      expect(messageIdsOf(await leaseTurn(outbox(), there))).toEqual(['four']);
    });

    it('waits for nothing that is on its way at another destination with the same key', async () => {
      await outbox().useEnvironments([HERE, THERE].map((destination) => ({ destination, environment: HERE })));
      const there = { destination: THERE };
      await outbox().accept([track('one', there), deleteOf('anna', 'two')]);
      const turn = await leaseTurn(outbox(), there);
      await attempt(outbox(), [DELIVERED], erase);
      await settle(outbox(), turn, [DELIVERED], { environment: HERE });
      expect(await record('one')).toMatchObject({ state: 'delivered' });
    });

    it('is of those users of a shared purge that were erased', async () => {
      await outbox().accept([deleteOf('anna', 'one'), deleteOf('bert', 'two'), deleteOf('cleo', 'three')]);
      await attempt(outbox(), [DELIVERED, DELIVERED, refused('cleo')], {
        learnt: [
          ['anna', 'erased'],
          ['bert', 'erased'],
        ],
      });
      const users = await Promise.all(['one', 'two', 'three'].map(async (id) => (await record(id))?.userId));
      expect(users).toEqual([null, null, 'cleo']);
    });

    it('goes up to the last Delete, though an earlier one was replayed after it', async () => {
      const fate = { lane: 'anna', createsUser: false, deletesUser: true, otherUser: null };
      await outbox().accept([{ ...settled('one', 'rejected', 'anna'), type: 'delete' }, track('two')]);
      await attempt(outbox(), [refused('anna')]);
      await outbox().accept([deleteOf('anna', 'three')]);
      const [letter] = await outbox().loadDeadLetters({}, undefined, 1);
      await outbox().requeue([{ id: letter?.id ?? 0, fate }], NOW);
      expect(messageIdsOf(await attempt(outbox(), [DELIVERED], erase))).toEqual(['one', 'three']);
      expect(await ofAnna()).toEqual([]);
    });

    it('takes the old user of an Alias that erases it', async () => {
      await outbox().accept([track('one')]);
      await attempt(outbox(), [DELIVERED]);
      await outbox().accept([aliasOf('anna', 'new', 'two')]);
      await attempt(outbox(), [DELIVERED], { learnt: [['new', 'known'], ...erase.learnt] });
      expect(await ofAnna()).toEqual([]);
    });

    describe('of whom there is much', () => {
      const goOn = (limit = 50) => outbox().goOnErasing({ now: NOW, limit });
      const keptOf = async (userId: string) => (await outbox().listEvents({ userId, limit: 1_000 })).length;
      beforeEach(async () => {
        await outbox().accept([
          aliasOf('old', 'anna', 'alias'),
          ...Array.from({ length: 600 }, (_, index) => settled(`message ${index}`, 'rejected', 'anna')),
        ]);
        await attempt(outbox(), [refused('no')]);
        await outbox().accept([deleteOf('anna', 'delete'), settled('later', 'filtered', 'anna')]);
        await attempt(outbox(), [DELIVERED], erase);
      });

      it('goes on in steps until nothing is left but what came after the Delete', async () => {
        expect(await keptOf('anna')).toBe(102);
        const steps: number[] = [];
        do steps.push(await goOn());
        while (steps.at(-1) !== 0);
        expect(steps).toEqual([50, 50, 2, 0]);
        expect(await ofAnna()).toEqual(['later']);
        expect(await record('alias')).toMatchObject({ userId: null, message: null });
        expect(await outbox().countDeadLetters({})).toBe(0);
      });

      it('goes on after a restart', async () => {
        await goOn();
        await reopen();
        while ((await goOn()) > 0);
        expect(await ofAnna()).toEqual(['later']);
      });

      it('lets nothing be replayed that is yet to go', async () => {
        const letters = await outbox().loadDeadLetters({ userId: 'anna' }, undefined, 10);
        const fate = { lane: 'anna', createsUser: false, deletesUser: false, otherUser: null };
        await outbox().requeue(
          letters.map(({ id }) => ({ id, fate })),
          NOW,
        );
        expect(letters.length).toBeGreaterThan(0);
        expect(await outbox().countPending('here')).toBe(0);
      });
    });

    it('still tells a repetition of what it took', async () => {
      await outbox().accept([track('one'), deleteOf('anna', 'two')]);
      await attempt(outbox(), [DELIVERED], erase);
      await outbox().accept([track('one'), deleteOf('anna', 'two', { acceptedAt: NOW + 1 })]);
      expect(await outbox().countPending('here')).toBe(0);
    });
  });
}
