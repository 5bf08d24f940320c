import { attempt, lease, leaseTurn, messageIdsOf, settle } from './attempt';
import type { OutboxUnderTest } from './outbox-under-test';
import { recordOf } from './record-of';
import {
  aliasOf,
  DELIVERED,
  HERE,
  identify,
  NOW,
  refused,
  retry,
  settled,
  THERE,
  track,
  trackOf,
} from './sample-events';

export function describeErasingByHand({ outbox }: OutboxUnderTest): void {
  describe('eraseUser', () => {
    const erase = (fields: { destination?: string; limit?: number } = {}) =>
      outbox().eraseUser({ userId: 'anna', now: NOW, limit: 100, ...fields });
    const record = (messageId: string) => recordOf(outbox(), messageId);
    const gone = { userId: null, message: null, warnings: [], history: [] };

    it('ends what waits, and leaves of everything what became of it', async () => {
      await outbox().accept([track('one'), settled('two', 'rejected', 'anna')]);
      await attempt(outbox(), [refused('anna')]);
      await outbox().accept([track('three')]);
      expect(await erase()).toEqual({ erased: 3, ended: 1 });
      expect(await record('one')).toMatchObject({ ...gone, state: 'rejected', reason: 'refused' });
      expect(await record('three')).toMatchObject({ ...gone, state: 'filtered', reason: 'user_deleted' });
      expect((await record('three'))?.settledAt).toBe(new Date(NOW).toISOString());
      expect(await outbox().loadDeadLetters({}, undefined, 10)).toEqual([]);
      expect(await lease(outbox())).toEqual({ kind: 'idle', until: undefined });
      expect(await erase()).toEqual({ erased: 0, ended: 0 });
    });

    it('takes an Alias to the user, whose old user goes on', async () => {
      await outbox().accept([aliasOf('old', 'anna', 'one'), trackOf('old', 'two')]);
      expect(await erase()).toEqual({ erased: 1, ended: 1 });
      expect(messageIdsOf(await leaseTurn(outbox()))).toEqual(['two']);
    });

    it('is of all destinations, or of one', async () => {
      await outbox().accept([track('one'), track('two', { destination: THERE }), trackOf('bert', 'three')]);
      expect(await erase({ destination: THERE })).toEqual({ erased: 1, ended: 1 });
      expect(await record('one')).toMatchObject({ userId: 'anna', state: 'pending' });
      expect(await erase()).toEqual({ erased: 1, ended: 1 });
      expect(await record('three')).toMatchObject({ userId: 'bert', state: 'pending' });
    });

    it('goes in steps', async () => {
      await outbox().accept(['one', 'two', 'three'].map((id) => track(id)));
      expect(await erase({ limit: 2 })).toEqual({ erased: 2, ended: 2 });
      expect(await outbox().countPending(HERE)).toBe(1);
      expect(await erase({ limit: 2 })).toEqual({ erased: 1, ended: 1 });
    });

    it('does not wait for what is in flight, which brings nothing back', async () => {
      await outbox().accept([identify('one')]);
      const turn = await leaseTurn(outbox());
      expect(await erase()).toEqual({ erased: 1, ended: 1 });
      await settle(outbox(), turn, [refused('anna')], { learnt: [['anna', 'known']] });
      expect(await record('one')).toMatchObject({ ...gone, state: 'filtered', reason: 'user_deleted' });
      expect(await outbox().isKnownUser(HERE, 'anna')).toBe(false);
      expect(await lease(outbox())).toEqual({ kind: 'idle', until: undefined });
    });

    it('lets nobody else have a lane that is in flight', async () => {
      await outbox().accept([track('one')]);
      const turn = await leaseTurn(outbox());
      await erase();
      await outbox().accept([track('two')]);
      expect(await lease(outbox())).toEqual({ kind: 'idle', until: undefined });
      await settle(outbox(), turn, [retry('timeout')]);
      expect(messageIdsOf(await leaseTurn(outbox(), { now: NOW + 60_000 }))).toEqual(['two']);
    });

    it('forgets that the user is known', async () => {
      await outbox().accept([identify('one')]);
      await attempt(outbox(), [DELIVERED], { learnt: [['anna', 'known']] });
      await erase();
      expect(await outbox().isKnownUser(HERE, 'anna')).toBe(false);
    });
  });
}
