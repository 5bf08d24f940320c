import type { PruneCall } from '../../src/outbox/port/steps';
import { attempt, lease } from './attempt';
import type { OutboxUnderTest } from './outbox-under-test';
import { DAY, DELIVERED, HERE, NOW, PARKED, refused, retry, settled, track, trackOf } from './sample-events';

const PERIODS = { retentionMs: 7 * DAY, deadLetterRetentionMs: 30 * DAY, deduplicationMs: 2 * DAY };

export function describePruning({ outbox }: OutboxUnderTest): void {
  describe('prune', () => {
    const prune = (days: number, fields: Partial<PruneCall> = {}) =>
      outbox().prune({ now: NOW + days * DAY, limit: 100, ...PERIODS, ...fields });
    const kept = async () => (await outbox().listEvents({ limit: 100 })).map(({ messageId }) => messageId).reverse();

    it('leaves what has had its end for less than the retention', async () => {
      await outbox().accept([settled('one', 'filtered')]);
      expect(await prune(7)).toBe(0);
      expect(await kept()).toEqual(['one']);
    });

    it('removes what was delivered, filtered or unsupported after the retention, and dead letters later', async () => {
      await outbox().accept([track('one')]);
      await attempt(outbox(), [DELIVERED]);
      await outbox().accept([settled('two', 'filtered'), settled('three', 'unsupported'), settled('four', 'rejected')]);
      expect(await prune(8)).toBe(3);
      expect(await kept()).toEqual(['four']);
      expect(await prune(30)).toBe(0);
      expect(await prune(31)).toBe(1);
      expect(await kept()).toEqual([]);
    });

    it('leaves what waits, however old it is', async () => {
      await outbox().accept([track('one')]);
      expect(await prune(400)).toBe(0);
      expect(await outbox().countPending(HERE)).toBe(1);
    });

    it('counts from the end of an event, not from its arrival', async () => {
      await outbox().accept([track('one', { acceptedAt: NOW - 20 * DAY })]);
      await attempt(outbox(), [DELIVERED]);
      expect(await prune(6)).toBe(0);
      expect(await prune(8)).toBe(1);
    });

    it('takes no more than asked for of each kind, oldest first, and comes to an end', async () => {
      await outbox().accept(['one', 'two', 'three'].map((id) => settled(id, 'filtered')));
      expect(await prune(8, { limit: 2 })).toBe(2);
      expect(await kept()).toEqual(['three']);
      expect(await prune(8, { limit: 2 })).toBe(1);
      expect(await prune(8, { limit: 2 })).toBe(0);
    });

    it('keeps what became of an event that was erased as long as of any other', async () => {
      await outbox().accept([track('one', { acceptedAt: NOW - 20 * DAY })]);
      await attempt(outbox(), [DELIVERED]);
      await outbox().eraseUser({ userId: 'anna', now: NOW, limit: 10 });
      expect(await prune(6)).toBe(0);
      expect(await prune(8)).toBe(1);
    });

    it('forgets users that were looked up in vain when their dead letters go', async () => {
      await outbox().accept([track('one')]);
      await attempt(outbox(), [retry('unknown_user')], { next: { ...PARKED, dueAt: NOW + 100 * DAY } });
      await outbox().giveUp({ destination: HERE, before: NOW + 1, now: NOW, sentence: 'given up', limit: 100 });
      await prune(31);
      await outbox().accept([track('two', { acceptedAt: NOW + 31 * DAY })]);
      expect(await lease(outbox(), { now: NOW + 31 * DAY })).toMatchObject({ kind: 'turns' });
    });

    it('forgets no more of them at a time than asked for', async () => {
      await outbox().accept([track('one'), trackOf('bert', 'two'), trackOf('cleo', 'three')]);
      for (let count = 0; count < 3; count += 1) {
        await attempt(outbox(), [retry('unknown_user')], { next: { ...PARKED, dueAt: NOW + 100 * DAY } });
      }
      expect(await prune(31, { limit: 2 })).toBe(2);
      expect(await prune(31, { limit: 2 })).toBe(1);
      expect(await prune(31, { limit: 2 })).toBe(0);
    });

    describe('where message ids are needed for longer', () => {
      const longer = { deduplicationMs: 60 * DAY };
      beforeEach(async () => {
        await outbox().accept([track('one'), track('two')]);
        await attempt(outbox(), [{ ...DELIVERED, warnings: [{ code: 'invalid_email', trait: 'e' }] }, refused('no')]);
      });

      it('empties what it cannot remove yet, once', async () => {
        expect(await prune(8, longer)).toBe(1);
        expect(await prune(9, longer)).toBe(0);
        const [event] = await outbox().listEvents({ messageId: 'one', limit: 1 });
        expect(event).toMatchObject({ state: 'delivered', userId: null, message: null, warnings: [], history: [] });
        await outbox().accept([track('one')]);
        expect(await outbox().countPending(HERE)).toBe(0);
      });

      it('empties dead letters, too, which can be replayed no more', async () => {
        await prune(31, longer);
        expect(await outbox().listEvents({ messageId: 'two', limit: 1 })).toMatchObject([
          { state: 'rejected', reason: 'refused', message: null, userId: null },
        ]);
        expect(await outbox().loadDeadLetters({}, undefined, 10)).toEqual([]);
      });

      it('removes it when the message id is needed no more', async () => {
        await prune(8, longer);
        expect(await prune(60, longer)).toBe(1);
        expect(await kept()).toEqual(['one', 'two']);
        expect(await prune(61, longer)).toBe(2);
        expect(await kept()).toEqual([]);
      });
    });
  });
}
