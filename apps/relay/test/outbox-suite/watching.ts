import { attempt, leaseTurn, settle } from './attempt';
import type { OutboxUnderTest } from './outbox-under-test';
import {
  AT_ONCE,
  DELIVERED,
  HERE,
  LATER,
  NOW,
  PARKED,
  retry,
  SECOND,
  settled,
  THERE,
  track,
  trackOf,
} from './sample-events';

export function describeWatching({ outbox, reopen }: OutboxUnderTest): void {
  const at = (seconds: number) => ({ acceptedAt: NOW + seconds * SECOND });

  describe('probe', () => {
    it('tells how many events wait, of all destinations', async () => {
      expect(await outbox().tryWriting()).toBe(0);
      await outbox().accept([track('one'), track('two', { destination: THERE }), settled('three', 'filtered')]);
      expect(await outbox().tryWriting()).toBe(2);
      await attempt(outbox(), []);
      expect(await outbox().tryWriting()).toBe(2);
      await reopen();
      await settle(outbox(), await leaseTurn(outbox()));
      expect(await outbox().tryWriting()).toBe(1);
    });

    it('leaves the backlog as it is', async () => {
      await outbox().accept([track('one')]);
      await outbox().tryWriting();
      expect(await outbox().tryWriting()).toBe(1);
      await reopen();
      expect(await outbox().tryWriting()).toBe(1);
    });
  });

  describe('hasRequestedSince', () => {
    it('tells of answered requests of a destination, to the minute', async () => {
      await outbox().accept([track('one')]);
      expect(await outbox().hasRequestedSince(HERE, NOW)).toBe(false);
      const turn = await leaseTurn(outbox());
      const request = { kind: 'upsert', sentAt: NOW, milliseconds: 1, reply: { status: 202 }, events: [] } as const;
      await settle(outbox(), turn, [DELIVERED], { requests: [request] });
      expect(await outbox().hasRequestedSince(HERE, NOW)).toBe(true);
      expect(await outbox().hasRequestedSince(THERE, NOW)).toBe(false);
      expect(await outbox().hasRequestedSince(HERE, NOW + 60 * SECOND)).toBe(false);
    });
  });

  describe('readySince', () => {
    it('is when the event came that goes next', async () => {
      expect(await outbox().readySince(HERE, NOW)).toBeUndefined();
      await outbox().accept([trackOf('bert', 'one', at(3)), track('two', at(5)), trackOf('bert', 'three', at(6))]);
      expect(await outbox().readySince(HERE, NOW)).toBe(NOW + 3 * SECOND);
      expect(await outbox().readySince(THERE, NOW)).toBeUndefined();
    });

    it('passes over what is in flight, backs off or waits for its user', async () => {
      await outbox().accept([track('one', at(1)), trackOf('bert', 'two', at(2)), trackOf('cleo', 'three', at(3))]);
      await leaseTurn(outbox());
      expect(await outbox().readySince(HERE, NOW)).toBe(NOW + 2 * SECOND);
      await attempt(outbox(), [retry('server_error')], { next: LATER });
      expect(await outbox().readySince(HERE, NOW)).toBe(NOW + 3 * SECOND);
      await attempt(outbox(), [retry('unknown_user')], { next: PARKED });
      expect(await outbox().readySince(HERE, NOW)).toBeUndefined();
    });

    it('does not pass over what only waits for the budget', async () => {
      await outbox().accept([track('one', at(1))]);
      await attempt(outbox(), [retry('rate_limited')], { next: AT_ONCE });
      expect(await outbox().readySince(HERE, NOW)).toBe(NOW + SECOND);
    });
  });
}
