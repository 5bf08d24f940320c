import { attempt, lease, leaseTurn, settle, turnOf } from './attempt';
import type { EndParkedCall } from '../../src/outbox/port/steps';
import type { OutboxUnderTest } from './outbox-under-test';
import { HERE, identify, LATER, NOW, PARKED, retry, SECOND, settled, THERE, track, trackOf } from './sample-events';

const sentence = 'given up';

export function describeEndingParked({ outbox }: OutboxUnderTest): void {
  /** Parks everything that waits. */
  async function parkAll(): Promise<void> {
    for (;;) {
      const turn = turnOf(await lease(outbox()));
      if (!turn) return;
      await settle(outbox(), turn, [retry('unknown_user')], { next: PARKED });
    }
  }

  async function endParked(fields: Partial<EndParkedCall>): Promise<number> {
    const ended = await outbox().endParked({ destination: HERE, now: NOW, limit: 100, sentence, ...fields });
    return ended.reduce((sum, { count }) => sum + count, 0);
  }

  async function stillWaiting(): Promise<readonly string[]> {
    const events = await outbox().listEvents({ state: 'pending', limit: 1_000 });
    return events.map(({ messageId }) => messageId).reverse();
  }

  const at = (seconds: number) => ({ acceptedAt: NOW + seconds * SECOND });

  describe('endParked', () => {
    it('makes dead letters of what has waited for its user for so long', async () => {
      await outbox().accept([track('one', at(0)), track('two', at(5)), trackOf('bert', 'three', at(9))]);
      await parkAll();
      expect(await endParked({ before: NOW + 5 * SECOND })).toBe(1);
      expect(await stillWaiting()).toEqual(['two', 'three']);
      expect(await outbox().listEvents({ state: 'rejected', limit: 1 })).toMatchObject([
        {
          messageId: 'one',
          reason: 'unknown_user',
          message: 'given up; userId: UserLeap does not know this user; send an Identify for it first',
        },
      ]);
      expect(await outbox().countWaitingFor('unknown_user')).toEqual(new Map([[HERE, 2]]));
    });

    it('gives a backfilled event that waited for the budget its time from when its lane is parked', async () => {
      await outbox().accept([track('one')]);
      await parkAll();
      await endParked({ before: NOW + SECOND });
      await outbox().accept([track('old', { isBackfilled: true })]);
      await lease(outbox(), { looksUp: true, now: NOW + 10 * SECOND });
      expect(await endParked({ before: NOW + 10 * SECOND, now: NOW + 20 * SECOND })).toBe(0);
      expect(await endParked({ before: NOW + 11 * SECOND, now: NOW + 20 * SECOND })).toBe(1);
    });

    it('lets the user be looked up first where that is due', async () => {
      await outbox().accept([track('one')]);
      await parkAll();
      expect(await endParked({ before: NOW + 90 * SECOND, now: PARKED.dueAt ?? 0 })).toBe(0);
      expect(await leaseTurn(outbox(), { now: PARKED.dueAt ?? 0 })).toMatchObject({ lanes: [{ lane: 'anna' }] });
    });

    it('ends so many, the oldest of all first', async () => {
      await outbox().accept([track('one', at(1)), trackOf('bert', 'two', at(2)), track('three', at(3))]);
      await parkAll();
      expect(await endParked({ limit: 1 })).toBe(1);
      expect(await stillWaiting()).toEqual(['two', 'three']);
      expect(await endParked({ limit: 1 })).toBe(1);
      expect(await stillWaiting()).toEqual(['three']);
    });

    it('ends some of one user', async () => {
      await outbox().accept([trackOf('bert', 'one'), track('two'), track('three'), track('four')]);
      await parkAll();
      expect(await outbox().findOvergrown(HERE, 2)).toEqual([{ lane: 'anna', events: 3 }]);
      expect(await endParked({ lane: 'anna', limit: 1 })).toBe(1);
      expect(await stillWaiting()).toEqual(['one', 'three', 'four']);
      expect(await outbox().findOvergrown(HERE, 2)).toEqual([]);
    });

    it('counts no more what was given up, or erased by hand, of a user', async () => {
      await outbox().accept([track('one', at(0)), track('two', at(5)), track('three', at(6)), track('four', at(7))]);
      await parkAll();
      await outbox().giveUp({ destination: HERE, before: NOW + SECOND, now: NOW, limit: 100, sentence });
      expect(await outbox().findOvergrown(HERE, 1)).toEqual([{ lane: 'anna', events: 3 }]);
      await outbox().eraseUser({ userId: 'anna', now: NOW, limit: 1 });
      expect(await outbox().findOvergrown(HERE, 1)).toEqual([{ lane: 'anna', events: 2 }]);
    });

    it('finds a user of whom more comes while it is parked', async () => {
      await outbox().accept([track('one')]);
      await parkAll();
      await outbox().accept([track('two'), track('three'), track('three')]);
      expect(await outbox().findOvergrown(HERE, 2)).toEqual([{ lane: 'anna', events: 3 }]);
    });

    it('leaves what waits for anything else, is in flight, or waits elsewhere', async () => {
      await outbox().accept([track('one')]);
      await attempt(outbox(), [retry('server_error')], { next: LATER });
      await outbox().accept([identify('two', { fate: { ...identify('two').fate, lane: 'bert' } as never })]);
      await outbox().accept([trackOf('cleo', 'three', { destination: THERE }), settled('four', 'filtered')]);
      await leaseTurn(outbox());
      expect(await endParked({})).toBe(0);
      expect(await endParked({ before: NOW + SECOND })).toBe(0);
    });
  });
}
