import { BacklogFull } from '../../src/outbox/port/outbox.port';
import type { Fate } from '../../src/outbox/port/outbox.port';
import { attempt, lease, leaseTurn, messageIdsOf, settle } from './attempt';
import type { OutboxUnderTest } from './outbox-under-test';
import { recordOf } from './record-of';
import {
  aliasOf,
  DELIVERED,
  deleteOf,
  HERE,
  identify,
  NOW,
  retry,
  SECOND,
  settled,
  THERE,
  track,
  trackOf,
} from './sample-events';

const OLD = { destination: THERE };

export function describeOtherDestinations({ outbox, reopen }: OutboxUnderTest): void {
  describe('destinations that are not configured', () => {
    const later = NOW + 100 * SECOND;
    const others = () => outbox().listOthers([HERE]);
    const isConfigured = () => outbox().useEnvironments([{ destination: HERE, environment: HERE }]);
    /** Moves what waits, as it waited before unless `fateOf` says otherwise. */
    async function move(fateOf: (messageId: string, lane: string) => Fate = waitAsTrack): Promise<number> {
      const events = await outbox().loadWaiting(THERE, undefined, 100);
      const fates = events.map(({ id, lane, body }) => {
        return { id, fate: fateOf((body as { messageId: string }).messageId, lane) };
      });
      return outbox().moveWaiting({ from: THERE, to: HERE, events: fates, now: later });
    }
    const waitAsTrack = (_: string, lane: string): Fate => {
      return { lane, createsUser: false, deletesUser: false, otherUser: null };
    };

    it('are told with how much waits, and since when; also those for which nothing waits any more', async () => {
      expect(await others()).toEqual([]);
      await outbox().accept([track('one'), settled('two', 'rejected')]);
      expect(await others()).toEqual([]);
      await outbox().accept([track('three', { ...OLD, acceptedAt: later }), trackOf('bert', 'four', OLD)]);
      expect(await others()).toEqual([{ name: THERE, pending: 2, oldestPendingAt: NOW }]);
      for (const _ of [1, 2]) await attempt(outbox(), [DELIVERED], { environment: THERE }, undefined, OLD);
      expect(await others()).toEqual([{ name: THERE, pending: 0, oldestPendingAt: undefined }]);
    });

    it('do not count against the backlog limit, once it is known what is configured', async () => {
      await reopen({ backlogLimit: 3 });
      await outbox().accept([track('one', OLD), track('two', OLD), track('three')]);
      await expect(outbox().accept([track('four')])).rejects.toThrow(BacklogFull);
      await isConfigured();
      expect(await outbox().tryWriting()).toBe(1);
      await outbox().accept([track('four')]);
      await outbox().eraseUser({ userId: 'anna', destination: THERE, now: NOW, limit: 1 });
      expect(await outbox().tryWriting()).toBe(2);
      await outbox().accept([track('five')]);
      await expect(outbox().accept([track('six')])).rejects.toThrow(BacklogFull);
      await move();
      expect(await outbox().tryWriting()).toBe(4);
      await attempt(outbox(), [DELIVERED]);
      expect(await outbox().tryWriting()).toBe(0);
    });

    it('do count again when they are configured', async () => {
      await isConfigured();
      await outbox().accept([track('one', OLD)]);
      await outbox().useEnvironments([HERE, THERE].map((destination) => ({ destination, environment: HERE })));
      expect(await outbox().tryWriting()).toBe(1);
    });

    describe('loadWaiting', () => {
      it('gives what waits lane by lane, after the one that was last', async () => {
        await outbox().accept([
          trackOf('bert', 'one', OLD),
          track('two', OLD),
          trackOf('bert', 'three', OLD),
          track('four'),
        ]);
        const first = await outbox().loadWaiting(THERE, undefined, 2);
        const rest = await outbox().loadWaiting(THERE, first.at(-1), 2);
        const ids = [...first, ...rest].map(({ body }) => (body as { messageId: string }).messageId);
        expect(ids).toEqual(['two', 'one', 'three']);
      });

      it('gives fewer that are large, but one', async () => {
        const large = (messageId: string) => ({
          ...track(messageId, OLD),
          body: JSON.stringify({ messageId, text: 'x'.repeat(3_000_000) }),
        });
        await outbox().accept([large('one'), large('two'), track('three', OLD)]);
        const [first, ...more] = await outbox().loadWaiting(THERE, undefined, 10);
        expect(more).toEqual([]);
        expect(await outbox().loadWaiting(THERE, first, 10)).toHaveLength(2);
      });
    });

    describe('moveWaiting', () => {
      it('has events wait at the other one, in the place that their arrival gives them, with a whole horizon', async () => {
        await outbox().accept([track('one', OLD), track('two'), track('three', OLD), trackOf('bert', 'four', OLD)]);
        expect(await move()).toBe(3);
        expect(await others()).toEqual([{ name: THERE, pending: 0, oldestPendingAt: undefined }]);
        expect(await lease(outbox(), OLD)).toEqual({ kind: 'idle', until: undefined });
        expect(messageIdsOf(await leaseTurn(outbox()))).toEqual(['one', 'two', 'three']);
        await attempt(outbox(), [retry('server_error')]);
        const giveUp = { destination: HERE, now: later, sentence: 'too old', limit: 100 };
        expect(await outbox().giveUp({ ...giveUp, before: later })).toEqual([]);
        expect(await outbox().giveUp({ ...giveUp, before: later + 1 })).toHaveLength(1);
      });

      it('keeps what happened before', async () => {
        await outbox().accept([track('one', OLD)]);
        await attempt(outbox(), [retry('server_error')], { environment: THERE }, undefined, OLD);
        await move();
        expect(await recordOf(outbox(), 'one')).toMatchObject({
          destination: HERE,
          state: 'pending',
          reason: null,
          attempts: 1,
          history: [{ reason: 'server_error' }],
          acceptedAt: new Date(NOW).toISOString(),
        });
      });

      it('ends what the other one does not take, as its settings say', async () => {
        await outbox().accept([track('one', OLD), track('two', OLD)]);
        const denied = { outcome: 'filtered', reason: 'event_denied', message: 'no', warnings: [] } as const;
        expect(
          await move((messageId, lane) =>
            messageId === 'one' ? { outcome: denied, userId: 'anna' } : waitAsTrack(messageId, lane),
          ),
        ).toBe(2);
        expect(await recordOf(outbox(), 'one')).toMatchObject({
          destination: HERE,
          state: 'filtered',
          reason: 'event_denied',
          settledAt: new Date(later).toISOString(),
        });
        expect(messageIdsOf(await leaseTurn(outbox()))).toEqual(['two']);
      });

      it('ends where it is what the other one has already', async () => {
        await outbox().accept([track('one', OLD), track('two', OLD), track('one')]);
        expect(await move()).toBe(2);
        expect(await outbox().listEvents({ destination: THERE, limit: 10 })).toMatchObject([
          { state: 'filtered', reason: null, message: 'messageId: destination here has this event already' },
        ]);
        expect(messageIdsOf(await leaseTurn(outbox()))).toEqual(['two', 'one']);
      });

      it('knows a moved event again by its message id', async () => {
        await outbox().accept([track('one', OLD)]);
        await move();
        await outbox().accept([track('one')]);
        expect(await outbox().countPending(HERE)).toBe(1);
      });

      it('does nothing the second time', async () => {
        await outbox().accept([track('one', OLD)]);
        const [event] = await outbox().loadWaiting(THERE, undefined, 10);
        const events = [{ id: event?.id ?? 0, fate: waitAsTrack('one', 'anna') }];
        const call = { from: THERE, to: HERE, events, now: later };
        const moved = await Promise.all([outbox().moveWaiting(call), outbox().moveWaiting(call)]);
        expect(moved.sort()).toEqual([0, 1]);
        expect(await outbox().moveWaiting({ ...call, events: [] })).toBe(0);
      });

      it('wakes a user that is waited for, and sends a Delete first', async () => {
        await outbox().accept([track('one'), identify('two', OLD), deleteOf('bert', 'three', OLD)]);
        await attempt(outbox(), [retry('unknown_user')], { next: { dueAt: later, attempts: 1, parked: true } });
        await move((messageId, lane) => {
          return {
            lane,
            createsUser: messageId === 'two',
            deletesUser: messageId === 'three',
            otherUser: null,
          };
        });
        expect(messageIdsOf(await leaseTurn(outbox()))).toEqual(['three']);
        expect(messageIdsOf(await leaseTurn(outbox()))).toEqual(['one', 'two']);
      });

      it('leaves a lane with nothing of a Delete that has moved', async () => {
        await outbox().accept([track('one', OLD), deleteOf('anna', 'two', OLD), track('three', OLD)]);
        const [, two] = await outbox().loadWaiting(THERE, undefined, 10);
        const fate = { lane: 'anna', createsUser: false, deletesUser: true, otherUser: null };
        await outbox().moveWaiting({ from: THERE, to: HERE, events: [{ id: two?.id ?? 0, fate }], now: later });
        expect(messageIdsOf(await leaseTurn(outbox(), OLD))).toEqual(['one', 'three']);
      });

      it('binds lanes by an Alias', async () => {
        await outbox().accept([{ ...aliasOf('anna', 'bert', 'one'), ...OLD }, trackOf('bert', 'two', OLD)]);
        await move((messageId, lane) => {
          return { lane, createsUser: false, deletesUser: false, otherUser: messageId === 'one' ? 'bert' : null };
        });
        expect(messageIdsOf(await leaseTurn(outbox()))).toEqual(['one', 'two']);
      });

      it('leaves what is in flight', async () => {
        await outbox().accept([track('one', OLD), trackOf('bert', 'two', OLD)]);
        const turn = await leaseTurn(outbox(), OLD);
        expect(await move()).toBe(1);
        expect(await outbox().endWaiting({ destination: THERE, now: later, sentence: 'over', limit: 10 })).toEqual([]);
        await settle(outbox(), turn, [retry('server_error')]);
        expect(await move()).toBe(1);
      });
    });

    describe('endWaiting', () => {
      const call = { destination: THERE, now: later, sentence: 'ended by hand', limit: 2 };

      it('makes dead letters of what waits, a few at a time, and says why', async () => {
        await outbox().accept([
          track('one', OLD),
          track('two', OLD),
          track('three', OLD),
          deleteOf('bert', 'four', OLD),
          track('here'),
        ]);
        await attempt(outbox(), [retry('purge_not_allowed')], { environment: THERE }, undefined, OLD);
        expect(await outbox().endWaiting(call)).toEqual([{ type: 'track', reason: 'out_of_time', count: 2 }]);
        expect(await outbox().endWaiting(call)).toHaveLength(2);
        expect(await outbox().endWaiting(call)).toEqual([]);
        expect(await others()).toEqual([{ name: THERE, pending: 0, oldestPendingAt: undefined }]);
        expect(await lease(outbox(), OLD)).toEqual({ kind: 'idle', until: undefined });
        expect(await recordOf(outbox(), 'one')).toMatchObject({
          state: 'rejected',
          reason: 'out_of_time',
          message: 'ended by hand',
          settledAt: new Date(later).toISOString(),
        });
        expect(await recordOf(outbox(), 'four')).toMatchObject({
          state: 'rejected',
          reason: 'purge_not_allowed',
          message: 'ended by hand; again: purge_not_allowed',
        });
        expect(await outbox().countDeadLetters({ destination: THERE })).toBe(4);
        expect(await outbox().countPending(HERE)).toBe(1);
      });
    });

    describe('endPausedTimes', () => {
      const timesOf = async () => (await outbox().loadPausedTimes()).get(THERE);

      it('lets a pause count until now, the first time', async () => {
        await outbox().pauseByHand(THERE, NOW);
        const pause = { reason: 'unauthorized', pausedAt: NOW, probes: 0, probeAt: NOW } as const;
        await outbox().savePause(THERE, pause, NOW);
        await outbox().endPausedTimes(THERE, NOW + SECOND);
        await outbox().endPausedTimes(THERE, NOW + 9 * SECOND);
        const ended = { from: NOW, until: NOW + SECOND };
        const open = { from: NOW, until: null };
        expect(await timesOf()).toEqual(expect.arrayContaining([ended, ended, open, open]));
        expect(await timesOf()).toHaveLength(4);
        expect((await outbox().loadHandPauses()).get(THERE)).toBe(NOW);
      });

      it('is no end where the destination is configured again: then the resume is', async () => {
        await outbox().pauseByHand(THERE, NOW);
        await outbox().endPausedTimes(THERE, NOW + SECOND);
        await outbox().resume(THERE, NOW + 60 * SECOND);
        expect(await timesOf()).toEqual([{ from: NOW, until: NOW + 60 * SECOND }]);
      });
    });
  });
}
