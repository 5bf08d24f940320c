import { REASONS } from '@segment-userleap/mapping';
import { attempt, lanesOf, lease, leaseTurn, messageIdsOf } from './attempt';
import type { OutboxUnderTest } from './outbox-under-test';
import { deleteOf, HERE, identify, NOW, PARKED, retry, SECOND, settled, THERE, track, trackOf } from './sample-events';

export function describeGivingUp({ outbox }: OutboxUnderTest): void {
  describe('giveUp', () => {
    const sentence = 'given up after 72 hours';
    const giveUp = async (before: number, destination = HERE) =>
      (await outbox().giveUp({ destination, before, now: NOW + 60 * SECOND, sentence, limit: 100 })).length;
    const statesOf = async () =>
      (await outbox().listEvents({ limit: 100 })).map(({ messageId, state }) => `${messageId} ${state}`).reverse();
    const at = (seconds: number) => ({ acceptedAt: NOW + seconds * SECOND });

    it('makes dead letters of what has waited for too long', async () => {
      await outbox().accept([track('one', at(0)), trackOf('bert', 'two', at(1)), trackOf('cleo', 'three', at(2))]);
      expect(await giveUp(NOW + 2 * SECOND)).toBe(2);
      expect(await statesOf()).toEqual(['one rejected', 'two rejected', 'three pending']);
      expect(lanesOf(await leaseTurn(outbox()))).toEqual(['cleo']);
      expect(await lease(outbox())).toEqual({ kind: 'idle', until: undefined });
    });

    it('looks at others first the next time where a long backfill stands before what is live', async () => {
      const old = { isBackfilled: true, ...at(0) } as const;
      await outbox().accept(Array.from({ length: 1_000 }, (_, event) => track(`old ${event}`, old)));
      await outbox().accept([track('live', at(0))]);
      const since = () => outbox().readySince(HERE, NOW + SECOND);
      expect(await since()).toBe(NOW);
      expect(await giveUp(NOW + SECOND)).toBe(0);
      // By this they are found, the earliest first.
      expect(await since()).toBe(NOW + SECOND);
    });

    it('says why: because it never came to its turn', async () => {
      await outbox().accept([track('one')]);
      await giveUp(NOW + 1);
      expect(await outbox().listEvents({ limit: 1 })).toMatchObject([
        { reason: 'out_of_time', message: sentence, settledAt: new Date(NOW + 60 * SECOND).toISOString(), attempts: 0 },
      ]);
    });

    it('says why: because of what kept it waiting, with its history', async () => {
      await outbox().accept([track('one')]);
      await attempt(outbox(), [retry('server_error')]);
      await giveUp(NOW + 1);
      expect(await outbox().listEvents({ limit: 1 })).toMatchObject([
        {
          reason: 'server_error',
          message: `${sentence}; again: server_error`,
          history: [{ reason: 'server_error', times: 1 }],
          attempts: 1,
        },
      ]);
    });

    it('tells of what kind it was, and why it waited', async () => {
      await outbox().accept([identify('one')]);
      await attempt(outbox(), [retry('server_error')]);
      await outbox().accept([trackOf('bert', 'two', { acceptedAt: NOW + 1 })]);
      // The oldest first.
      expect(await outbox().giveUp({ destination: HERE, before: NOW + 2, now: NOW, sentence, limit: 100 })).toEqual([
        { type: 'identify', reason: 'server_error', count: 1 },
        { type: 'track', reason: 'out_of_time', count: 1 },
      ]);
    });

    it('says why: because the destination was paused before it came to its turn', async () => {
      await outbox().accept([track('one')]);
      await outbox().giveUp({
        destination: HERE,
        before: NOW + 1,
        now: NOW,
        sentence,
        limit: 100,
        pausedBy: 'server_error',
      });
      expect(await outbox().listEvents({ limit: 1 })).toMatchObject([
        { reason: 'server_error', message: `${sentence}; ${REASONS.server_error}`, attempts: 0 },
      ]);
    });

    it('leaves a Delete that the key may not send, and what waits behind it', async () => {
      await outbox().accept([deleteOf('anna', 'one'), trackOf('bert', 'two')]);
      await attempt(outbox(), [retry('purge_not_allowed')]);
      await outbox().accept([track('three')]);
      expect(await giveUp(NOW + SECOND)).toBe(1);
      expect(await statesOf()).toEqual(['one pending', 'two rejected', 'three pending']);
      expect(await outbox().countWaitingFor('purge_not_allowed')).toEqual(new Map([[HERE, 1]]));
      expect(await outbox().countWaitingFor('unauthorized')).toEqual(new Map());
    });

    it('takes what is too old of a lane, and leaves the rest in its place', async () => {
      await outbox().accept([track('one', at(0)), trackOf('bert', 'two', at(5)), track('three', at(9))]);
      expect(await giveUp(NOW + SECOND)).toBe(1);
      expect(lanesOf(await leaseTurn(outbox()))).toEqual(['bert']);
      expect(messageIdsOf(await leaseTurn(outbox()))).toEqual(['three']);
    });

    it('lets nothing wait longer because something before it was replayed lately', async () => {
      await outbox().accept([settled('one', 'rejected', 'anna'), track('two')]);
      const [letter] = await outbox().loadDeadLetters({}, undefined, 1);
      const fate = { lane: 'anna', createsUser: false, deletesUser: false, otherUser: null };
      await outbox().requeue([{ id: letter?.id ?? 0, fate }], NOW + 50 * SECOND);
      await attempt(outbox(), [retry('server_error')]);
      expect(await giveUp(NOW + 1)).toBe(1);
      expect(await statesOf()).toEqual(['one pending', 'two rejected']);
    });

    it('takes a Delete, and with it what it had over its lane', async () => {
      await outbox().accept([deleteOf('anna', 'one', at(0)), track('two', at(9))]);
      expect(await giveUp(NOW + SECOND)).toBe(1);
      expect(await leaseTurn(outbox(), { mayPurge: false })).toMatchObject({
        isPurge: false,
        lanes: [{ lane: 'anna', lastDelete: null }],
      });
    });

    it('takes parked lanes, too', async () => {
      await outbox().accept([track('one')]);
      await attempt(outbox(), [retry('unknown_user')], { next: PARKED });
      expect(await giveUp(NOW + 1)).toBe(1);
      expect(await lease(outbox())).toEqual({ kind: 'idle', until: undefined });
      expect(await statesOf()).toEqual(['one rejected']);
    });

    it('leaves what is in flight', async () => {
      await outbox().accept([track('one')]);
      await leaseTurn(outbox());
      expect(await giveUp(NOW + 1)).toBe(0);
      expect(await statesOf()).toEqual(['one pending']);
    });

    it('leaves other destinations', async () => {
      await outbox().accept([track('one')]);
      expect(await giveUp(NOW + 1, THERE)).toBe(0);
      expect(await statesOf()).toEqual(['one pending']);
    });

    it('goes in steps that come to an end', async () => {
      await outbox().accept(Array.from({ length: 130 }, (_, index) => trackOf(`user ${index}`, `message ${index}`)));
      const steps: number[] = [];
      do steps.push(await giveUp(NOW + 1));
      while (steps.at(-1) !== 0);
      expect(steps.length).toBeGreaterThan(2);
      expect(steps.reduce((sum, step) => sum + step)).toBe(130);
    });

    it('takes no more of a long lane at a time than asked for, oldest first', async () => {
      await outbox().accept(['one', 'two', 'three'].map((id) => track(id)));
      const call = { destination: HERE, before: NOW + 1, now: NOW, sentence, limit: 2 };
      expect(await outbox().giveUp(call)).toMatchObject([{ count: 2 }]);
      expect(await statesOf()).toEqual(['one rejected', 'two rejected', 'three pending']);
      expect(await outbox().giveUp(call)).toMatchObject([{ count: 1 }]);
      expect(await outbox().giveUp(call)).toEqual([]);
    });
  });
}
