import { attempt, lease, leaseTurn, messageIdsOf, settle } from './attempt';
import type { OutboxUnderTest } from './outbox-under-test';
import { aliasOf, AT_ONCE, DELIVERED, HERE, identify, NOW, refused, retry, track, trackOf } from './sample-events';

export function describeDoubts({ outbox, reopen }: OutboxUnderTest): void {
  describe('the doubt about what was in flight', () => {
    /** The last message of Anna's lane that is in doubt; undefined where nothing is. */
    async function lastInDoubt(): Promise<string | undefined> {
      const turn = await leaseTurn(outbox());
      const { doubt } = turn.lanes[0] ?? {};
      const ids = messageIdsOf(turn);
      await settle(outbox(), turn, [retry('rate_limited')], { next: AT_ONCE });
      return ids[turn.events.findIndex(({ id }) => id === doubt?.upTo)];
    }

    it('is there when the process that had it has ended, and goes no further than what it had', async () => {
      await outbox().accept([track('one'), track('two')]);
      const before = Date.now();
      await leaseTurn(outbox());
      await outbox().accept([track('three')]);
      await reopen();
      expect(await lastInDoubt()).toBe('two');
      const [lane] = (await leaseTurn(outbox())).lanes;
      // The database has a clock of its own.
      expect(Math.abs((lane?.doubt?.since ?? 0) - before)).toBeLessThan(60_000);
    });

    it('stays while something of it waits, also after another restart', async () => {
      await outbox().accept([track('one'), track('two')]);
      await leaseTurn(outbox());
      await reopen();
      await settle(outbox(), await leaseTurn(outbox()), [DELIVERED, retry('server_error')], { next: AT_ONCE });
      expect(await lastInDoubt()).toBe('two');
      await reopen();
      expect(await lastInDoubt()).toBe('two');
    });

    it('never grows: what came later goes in a turn of its own', async () => {
      await outbox().accept([track('one')]);
      await leaseTurn(outbox());
      await outbox().accept([track('two')]);
      for (let ends = 0; ends < 2; ends += 1) {
        await reopen();
        expect(messageIdsOf(await leaseTurn(outbox()))).toEqual(['one']);
      }
      await reopen();
      await attempt(outbox(), [DELIVERED]);
      const turn = await leaseTurn(outbox());
      expect(messageIdsOf(turn)).toEqual(['two']);
      expect(turn.lanes).toMatchObject([{ doubt: null }]);
    });

    it('keeps what creates the user back no longer, and is not about it', async () => {
      await outbox().accept([track('one')]);
      await leaseTurn(outbox());
      await outbox().accept([track('two'), identify('three'), aliasOf('anna', 'bert', 'four'), identify('five')]);
      for (let ends = 0; ends < 2; ends += 1) {
        await reopen();
        const turn = await leaseTurn(outbox());
        expect(messageIdsOf(turn)).toEqual(['one', 'three']);
        expect(turn.lanes).toMatchObject([{ doubt: { upTo: turn.events[0]?.id } }]);
      }
    });

    it('tells what may have been told before it', async () => {
      await outbox().accept([track('one'), track('two')]);
      await attempt(outbox(), [retry('timeout'), retry('waiting_for_earlier')], { next: AT_ONCE });
      await outbox().accept([track('three')]);
      await leaseTurn(outbox());
      await reopen();
      const { lanes, events } = await leaseTurn(outbox());
      expect(lanes).toMatchObject([{ doubt: { upTo: events[2]?.id, toldBefore: [events[0]?.id] } }]);
    });

    it('begins without the failures that the lane had before, at each end', async () => {
      await outbox().accept([track('one')]);
      for (let ends = 0; ends < 2; ends += 1) {
        await attempt(outbox(), [retry('server_error')], { next: { ...AT_ONCE, attempts: 4 } });
        const [failed] = (await leaseTurn(outbox())).lanes;
        expect(failed?.attempts).toBe(4);
        await reopen();
      }
      const [lane] = (await leaseTurn(outbox())).lanes;
      expect(lane).toMatchObject({ attempts: 0, doubt: {} });
    });

    it('is told for each lane of those that were leased together', async () => {
      await outbox().accept([track('one'), trackOf('bert', 'two')]);
      const leased = await lease(outbox(), { most: 2 });
      expect(leased).toMatchObject({ kind: 'turns', turns: [{}, {}] });
      // It came while both were in flight, and was sent with neither.
      await outbox().accept([track('three')]);
      await reopen();
      expect(await lastInDoubt()).toBe('one');
    });

    it('is given up where something came in between that was not in flight', async () => {
      await outbox().accept([track('one'), track('two')]);
      const [letter] = (await attempt(outbox(), [refused('no'), retry('rate_limited')], { next: AT_ONCE })).events;
      await leaseTurn(outbox());
      await reopen();
      const fate = { lane: 'anna', createsUser: false, deletesUser: false, otherUser: null };
      await outbox().requeue([{ id: letter?.id ?? 0, fate }], NOW);
      expect(await lastInDoubt()).toBeUndefined();
      await settle(outbox(), await leaseTurn(outbox()), [DELIVERED, retry('rate_limited')], { next: AT_ONCE });
      expect(await lastInDoubt()).toBeUndefined();
    });

    it('ends with what it was about', async () => {
      await outbox().accept([track('one')]);
      await leaseTurn(outbox());
      await outbox().accept([track('two')]);
      await reopen();
      await settle(outbox(), await leaseTurn(outbox()), [DELIVERED, retry('server_error')], { next: AT_ONCE });
      expect(await lastInDoubt()).toBeUndefined();
    });

    it('is not there of what was settled, nor of what was never in flight', async () => {
      await outbox().accept([track('one'), trackOf('bert', 'two')]);
      await attempt(outbox(), [retry('server_error')], { next: AT_ONCE });
      await reopen();
      expect(await lastInDoubt()).toBeUndefined();
      await outbox().accept([identify('three', { destination: HERE })]);
      expect(await lastInDoubt()).toBeUndefined();
    });
  });
}
