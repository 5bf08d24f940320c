import { attempt, lanesOf, lease, leaseTurn, messageIdsOf } from './attempt';
import type { OutboxUnderTest } from './outbox-under-test';
import {
  DELIVERED,
  deleteOf,
  HERE,
  identify,
  LATER,
  NOW,
  PARKED,
  refused,
  retry,
  track,
  trackOf,
} from './sample-events';

export function describeDurability({ outbox, reopen }: OutboxUnderTest): void {
  describe('what is there again after a restart', () => {
    it('is what waits, in its place', async () => {
      await outbox().accept([track('one'), trackOf('bert', 'two'), track('three')]);
      const reopened = await reopen();
      expect(messageIdsOf(await leaseTurn(reopened))).toEqual(['one', 'three']);
      expect(messageIdsOf(await leaseTurn(reopened))).toEqual(['two']);
      expect(await reopened.countPending(HERE)).toBe(3);
    });

    it('is what was in flight: nobody has it any more', async () => {
      await outbox().accept([track('one'), deleteOf('bert', 'two')]);
      await leaseTurn(outbox());
      await leaseTurn(outbox());
      const reopened = await reopen();
      expect(lanesOf(await leaseTurn(reopened))).toEqual(['bert']);
      expect((await leaseTurn(reopened)).lanes).toMatchObject([
        { lane: 'anna', attempts: 0, isParked: false, isKnown: false, lastDelete: null },
      ]);
    });

    it('is when a lane is due and how often it was tried', async () => {
      await outbox().accept([track('one')]);
      await attempt(outbox(), [retry('server_error')], { next: { ...LATER, attempts: 3 } });
      const reopened = await reopen();
      expect(await lease(reopened)).toEqual({ kind: 'idle', until: LATER.dueAt });
      expect((await leaseTurn(reopened, { now: NOW + 5_000 })).lanes).toMatchObject([{ attempts: 3 }]);
    });

    it('is that a lane is parked, and what wakes it', async () => {
      await outbox().accept([track('one')]);
      await attempt(outbox(), [retry('unknown_user')], { next: PARKED });
      const reopened = await reopen();
      expect(await lease(reopened)).toEqual({ kind: 'idle', until: PARKED.dueAt });
      await reopened.accept([identify('two')]);
      expect(lanesOf(await leaseTurn(reopened))).toEqual(['anna']);
    });

    it('is what became of every event', async () => {
      await outbox().accept([track('one'), track('two'), track('three')]);
      await attempt(outbox(), [DELIVERED, refused('no'), retry('server_error')]);
      const before = await outbox().listEvents({ limit: 10 });
      expect(await (await reopen()).listEvents({ limit: 10 })).toEqual(before);
    });

    it('is which message ids are known', async () => {
      await outbox().accept([track('one')]);
      await attempt(outbox(), [DELIVERED]);
      const reopened = await reopen();
      await reopened.accept([track('one')]);
      expect(await lease(reopened)).toEqual({ kind: 'idle', until: undefined });
    });

    it('is which users are known', async () => {
      await outbox().accept([track('one')]);
      await attempt(outbox(), [DELIVERED], { learnt: [['anna', 'known']] });
      expect(await (await reopen()).isKnownUser(HERE, 'anna')).toBe(true);
    });
  });
}
