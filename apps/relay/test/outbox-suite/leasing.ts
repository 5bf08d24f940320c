import { attempt, lanesOf, lease, leaseTurn, messageIdsOf, settle, turnOf } from './attempt';
import type { OutboxUnderTest } from './outbox-under-test';
import { AT_ONCE, DELIVERED, HERE, LATER, NOW, retry, SECOND, THERE, track, trackOf } from './sample-events';

export function describeLeasing({ outbox }: OutboxUnderTest): void {
  describe('lease', () => {
    it('waits for something new where nothing waits', async () => {
      expect(await lease(outbox())).toEqual({ kind: 'idle', until: undefined });
    });

    it('gives the lane whose oldest event is oldest, whatever came to it since', async () => {
      await outbox().accept([trackOf('anna', 'one'), trackOf('bert', 'two'), trackOf('anna', 'three')]);
      const turn = await leaseTurn(outbox());
      expect(lanesOf(turn)).toEqual(['anna']);
      await settle(outbox(), turn, [DELIVERED, retry('rate_limited')], { next: AT_ONCE });
      expect(lanesOf(await leaseTurn(outbox()))).toEqual(['bert']);
    });

    it('gives everything that waits in the lane, in order of arrival, and nothing else', async () => {
      await outbox().accept([track('one'), trackOf('bert', 'two'), track('three')]);
      await outbox().accept([track('four'), track('five', { destination: THERE })]);
      const turn = await leaseTurn(outbox());
      expect(messageIdsOf(turn)).toEqual(['one', 'three', 'four']);
      expect(turn).toMatchObject({ destination: HERE, isPurge: false });
    });

    it('gives a very long lane in parts, in their order', async () => {
      const ids = Array.from({ length: 2_500 }, (_, index) => `message ${index}`);
      await outbox().accept(ids.map((id) => track(id)));
      const given: string[] = [];
      while (given.length < ids.length) {
        const turn = await attempt(outbox(), [DELIVERED]);
        expect(turn.events.length).toBeLessThanOrEqual(1_000);
        given.push(...messageIdsOf(turn));
      }
      expect(given).toEqual(ids);
      expect(await lease(outbox())).toEqual({ kind: 'idle', until: undefined });
    });

    it('gives no lane twice before it is settled, though something comes to it', async () => {
      await outbox().accept([track('one'), trackOf('bert', 'two')]);
      const turn = await leaseTurn(outbox());
      await outbox().accept([track('three')]);
      expect(lanesOf(await leaseTurn(outbox()))).toEqual(['bert']);
      expect(await lease(outbox())).toEqual({ kind: 'idle', until: undefined });
      await settle(outbox(), turn);
      expect(messageIdsOf(await leaseTurn(outbox()))).toEqual(['three']);
    });

    it('gives no lane to two who ask at the same time', async () => {
      await outbox().accept([trackOf('anna', 'one'), trackOf('bert', 'two')]);
      const leased = await Promise.all([1, 2, 3].map(() => lease(outbox())));
      const turns = leased.flatMap((one) => turnOf(one) ?? []).map((turn) => lanesOf(turn).join());
      // Whoever came first.
      expect([...turns].sort()).toEqual(['anna', 'bert']);
    });

    it('keeps destinations apart that have a user of the same id', async () => {
      await outbox().accept([track('one'), track('two', { destination: THERE })]);
      expect(messageIdsOf(await leaseTurn(outbox(), { destination: THERE }))).toEqual(['two']);
      expect(messageIdsOf(await leaseTurn(outbox()))).toEqual(['one']);
    });

    it('passes over a lane that is not yet due, and says when the first one is', async () => {
      await outbox().accept([trackOf('anna', 'one'), trackOf('bert', 'two'), trackOf('cleo', 'three')]);
      await attempt(outbox(), [retry('server_error')], { next: { ...LATER, dueAt: NOW + 9 * SECOND } });
      await attempt(outbox(), [retry('server_error')], { next: LATER });
      expect(lanesOf(await leaseTurn(outbox()))).toEqual(['cleo']);
      expect(await lease(outbox())).toEqual({ kind: 'idle', until: LATER.dueAt });
    });

    it('gives a lane from the moment on that it is due', async () => {
      await outbox().accept([track('one')]);
      await attempt(outbox(), [retry('server_error')], { next: LATER });
      expect(await lease(outbox(), { now: NOW + 5 * SECOND - 1 })).toEqual({ kind: 'idle', until: LATER.dueAt });
      expect((await leaseTurn(outbox(), { now: NOW + 5 * SECOND })).lanes).toMatchObject([{ attempts: 1 }]);
    });

    it('gives the oldest of the lanes that have become due, not the one that was due first', async () => {
      await outbox().accept([trackOf('anna', 'one'), trackOf('bert', 'two')]);
      await attempt(outbox(), [retry('server_error')], { next: { ...LATER, dueAt: NOW + 9 * SECOND } });
      await attempt(outbox(), [retry('server_error')], { next: LATER });
      expect(lanesOf(await leaseTurn(outbox(), { now: NOW + 9 * SECOND }))).toEqual(['anna']);
    });
  });
}
