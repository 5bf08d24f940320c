import { attempt, lanesOf, lease, leaseTurn, messageIdsOf, settle } from './attempt';
import type { OutboxUnderTest } from './outbox-under-test';
import { AT_ONCE, DELIVERED, HERE, LATER, NOW, refused, retry, track, trackOf } from './sample-events';

const NOTHING = { kind: 'idle', until: undefined };

export function describeSettling({ outbox }: OutboxUnderTest): void {
  describe('settle', () => {
    beforeEach(() => outbox().accept([track('one'), track('two')]));

    it('ends a lane of which everything was delivered', async () => {
      await attempt(outbox(), [DELIVERED], { now: NOW + 7 });
      expect(await lease(outbox())).toEqual(NOTHING);
      const ended = { state: 'delivered', reason: null, message: null, attempts: 1 };
      expect(await outbox().listEvents({ limit: 10 })).toMatchObject([
        { messageId: 'two', ...ended, settledAt: new Date(NOW + 7).toISOString() },
        { messageId: 'one', ...ended, settledAt: new Date(NOW + 7).toISOString() },
      ]);
      expect(await outbox().countPending(HERE)).toBe(0);
    });

    it('keeps how an event ended, with what was left out of it', async () => {
      const warnings = [{ code: 'invalid_email', trait: 'email' }] as const;
      await attempt(outbox(), [
        { ...DELIVERED, warnings },
        { ...refused('no'), warnings },
      ]);
      expect(await outbox().listEvents({ limit: 10 })).toMatchObject([
        { state: 'rejected', reason: 'refused', message: 'no', warnings },
        { state: 'delivered', reason: null, message: null, warnings },
      ]);
    });

    it('makes what is to be retried wait, with its reason', async () => {
      await attempt(outbox(), [retry('server_error')]);
      expect(await lease(outbox())).toEqual({ kind: 'idle', until: LATER.dueAt });
      const open = { state: 'pending', reason: 'server_error', message: 'again: server_error', attempts: 1 };
      expect(await outbox().listEvents({ limit: 1 })).toMatchObject([{ ...open, settledAt: null }]);
      expect(await outbox().countPending(HERE)).toBe(2);
    });

    it('makes a lane ready at once that is due at no certain time, with its attempts', async () => {
      await attempt(outbox(), [retry('out_of_time')], { next: { ...AT_ONCE, attempts: 3 } });
      expect((await leaseTurn(outbox())).lanes).toEqual([
        {
          lane: 'anna',
          attempts: 3,
          isParked: false,
          isBackfilled: false,
          isKnown: false,
          memory: null,
          tracked: null,
          lastDelete: null,
          doubt: null,
        },
      ]);
    });

    it('forgets the reason of an event that goes through in the end', async () => {
      await attempt(outbox(), [retry('server_error')], { next: AT_ONCE });
      await attempt(outbox(), [DELIVERED]);
      expect(await outbox().listEvents({ limit: 1 })).toMatchObject([{ reason: null, message: null, attempts: 2 }]);
    });

    it('takes a lane partly', async () => {
      await attempt(outbox(), [DELIVERED, retry('server_error')], { next: AT_ONCE });
      expect(messageIdsOf(await leaseTurn(outbox()))).toEqual(['two']);
    });

    it('puts a lane of which the oldest is through in the place of what is left', async () => {
      await outbox().accept([trackOf('bert', 'three'), track('four')]);
      await attempt(outbox(), [DELIVERED, DELIVERED, retry('out_of_time')], { next: AT_ONCE });
      expect(lanesOf(await leaseTurn(outbox()))).toEqual(['bert']);
    });

    it('makes what came meanwhile ready at once where nothing is stuck', async () => {
      await attempt(outbox(), [DELIVERED], {}, () => outbox().accept([track('three')]));
      const turn = await leaseTurn(outbox());
      expect(messageIdsOf(turn)).toEqual(['three']);
      expect(turn.lanes).toMatchObject([{ attempts: 0 }]);
    });

    it('makes what came meanwhile wait behind what is stuck', async () => {
      await attempt(outbox(), [retry('server_error')], {}, () => outbox().accept([track('three')]));
      expect(await lease(outbox())).toEqual({ kind: 'idle', until: LATER.dueAt });
      expect(messageIdsOf(await leaseTurn(outbox(), { now: NOW + 5_000 }))).toEqual(['one', 'two', 'three']);
    });

    it('ends the count of attempts when the lane was emptied of what was sent', async () => {
      await attempt(outbox(), [retry('server_error')], { next: { ...AT_ONCE, attempts: 4 } });
      await attempt(outbox(), [DELIVERED], {}, () => outbox().accept([track('three')]));
      expect((await leaseTurn(outbox())).lanes).toMatchObject([{ attempts: 0 }]);
    });

    it('leaves other lanes as they are', async () => {
      await outbox().accept([trackOf('bert', 'three')]);
      await attempt(outbox(), [DELIVERED]);
      expect((await leaseTurn(outbox())).lanes).toEqual([
        {
          lane: 'bert',
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
    });

    it('gives a user who comes back a new lane', async () => {
      await attempt(outbox(), [retry('server_error')], { next: AT_ONCE });
      await attempt(outbox(), [DELIVERED]);
      await outbox().accept([track('three')]);
      expect((await leaseTurn(outbox())).lanes).toEqual([
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
    });

    it('frees a lane of which nothing is known, and changes none of its events', async () => {
      const turn = await leaseTurn(outbox());
      await settle(outbox(), turn, []);
      expect(messageIdsOf(await leaseTurn(outbox()))).toEqual(['one', 'two']);
      expect(await outbox().listEvents({ limit: 1 })).toMatchObject([{ state: 'pending', attempts: 0, reason: null }]);
    });
  });
}
