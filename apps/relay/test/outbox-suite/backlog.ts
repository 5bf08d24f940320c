import { BacklogFull } from '../../src/outbox/port/outbox.port';
import { attempt, leaseTurn, settle } from './attempt';
import type { OutboxUnderTest } from './outbox-under-test';
import { DELIVERED, deleteOf, HERE, NOW, PARKED, refused, retry, settled, track, trackOf } from './sample-events';

export function describeBacklog({ outbox, reopen }: OutboxUnderTest): void {
  describe('the backlog limit', () => {
    beforeEach(() => reopen({ backlogLimit: 3, parkedLimit: 2 }).then(() => undefined));

    let probes = 0;
    /** Whether anything is accepted, found out by something that does not wait. */
    async function isFull(): Promise<boolean> {
      const probe = settled(`probe ${probes++}`, 'filtered');
      const refusal: unknown = await outbox()
        .accept([probe])
        .catch((error: unknown) => error);
      if (refusal !== undefined) expect(refusal).toBeInstanceOf(BacklogFull);
      return refusal !== undefined;
    }

    const fill = () => outbox().accept([track('one'), track('two'), trackOf('bert', 'three')]);

    it('refuses everything once so many events wait, and keeps nothing of it', async () => {
      await outbox().accept([track('one'), track('two')]);
      expect(await isFull()).toBe(false);
      await outbox().accept([track('three')]);
      await expect(outbox().accept([track('four')])).rejects.toThrow(BacklogFull);
      expect(await outbox().listEvents({ messageId: 'four', limit: 1 })).toEqual([]);
    });

    it('counts neither what has its end nor a repetition', async () => {
      await outbox().accept([track('one'), track('one'), settled('two', 'rejected')]);
      await outbox().accept([track('one'), track('three')]);
      expect(await isFull()).toBe(false);
    });

    it('counts what waits already when the store is opened', async () => {
      await fill();
      await reopen({ backlogLimit: 3, parkedLimit: 2 });
      expect(await isFull()).toBe(true);
    });

    it('counts what several callers hand over at the same time', async () => {
      await Promise.all([
        outbox().accept([track('one')]),
        outbox().accept([track('two')]),
        outbox().accept([track('three')]),
      ]);
      expect(await isFull()).toBe(true);
    });

    it('takes events again when some have been delivered', async () => {
      await fill();
      await attempt(outbox(), [DELIVERED, retry('server_error')]);
      expect(await isFull()).toBe(false);
      await outbox().accept([track('four')]);
      expect(await isFull()).toBe(true);
    });

    it('takes events again though several turns end at the same time', async () => {
      await fill();
      const turns = [await leaseTurn(outbox()), await leaseTurn(outbox())];
      await Promise.all(turns.map((turn) => settle(outbox(), turn)));
      await outbox().accept([track('four'), track('five')]);
      expect(await isFull()).toBe(false);
      await outbox().accept([track('six')]);
      expect(await isFull()).toBe(true);
    });

    it('is right though events come while others end', async () => {
      await fill();
      const turn = await leaseTurn(outbox());
      await settle(outbox(), turn);
      const last = await leaseTurn(outbox());
      await Promise.all([settle(outbox(), last), outbox().accept([track('four'), track('five'), track('six')])]);
      expect(await isFull()).toBe(true);
    });

    it('does not count what waits for users that are not known, up to a limit of its own', async () => {
      await fill();
      await attempt(outbox(), [retry('unknown_user')], { next: PARKED });
      expect(await isFull()).toBe(false);
      await outbox().accept([trackOf('bert', 'four')]);
      expect(await isFull()).toBe(false);
      await outbox().accept([track('five'), trackOf('bert', 'six')]);
      expect(await isFull()).toBe(true);
      await reopen({ backlogLimit: 4, parkedLimit: 2 });
      expect(await isFull()).toBe(true);
      await reopen({ backlogLimit: 4, parkedLimit: 3 });
      expect(await isFull()).toBe(false);
    });

    it('takes events again when a delete overtakes what waits', async () => {
      await outbox().accept([track('one'), track('two'), deleteOf('anna', 'three')]);
      expect(await isFull()).toBe(true);
      await leaseTurn(outbox());
      expect(await isFull()).toBe(false);
    });

    it('takes events again when some were given up', async () => {
      await fill();
      await attempt(outbox(), [retry('unknown_user')], { next: PARKED });
      await outbox().giveUp({ destination: HERE, before: NOW + 1, now: NOW, sentence: 'given up', limit: 100 });
      expect(await isFull()).toBe(false);
    });

    it('counts dead letters again when they are replayed', async () => {
      await fill();
      await attempt(outbox(), [refused('no')]);
      const letters = await outbox().loadDeadLetters({}, undefined, 10);
      const fate = { lane: 'anna', createsUser: false, deletesUser: false, otherUser: null };
      await outbox().requeue(
        letters.map(({ id }) => ({ id, fate })),
        NOW,
      );
      expect(await isFull()).toBe(true);
    });
  });
}
