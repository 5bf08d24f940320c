import { attempt, lanesOf, lease, leaseTurn } from './attempt';
import type { OutboxUnderTest } from './outbox-under-test';
import { deleteOf, HERE, NOW, refused, retry, SECOND, THERE, track, trackOf } from './sample-events';

export function describeHastening({ outbox }: OutboxUnderTest): void {
  describe('lanes that wait for a time', () => {
    const waitsUntil = async (user: string, dueAt: number, parked: boolean): Promise<void> => {
      await outbox().accept([trackOf(user, user)]);
      const reason = parked ? 'unknown_user' : 'server_error';
      await attempt(outbox(), [retry(reason)], { next: { dueAt, attempts: 3, parked } });
    };
    const dueUsers = async () =>
      (await outbox().listLanes({ now: NOW, limit: 10, destination: HERE }))
        .filter(({ dueAt }) => dueAt === null || Date.parse(dueAt) <= NOW)
        .map(({ userId }) => userId);

    it('are due, a few at a time; not those of another kind, nor of another destination, nor that are due before', async () => {
      await waitsUntil('anna', NOW + 3 * SECOND, false);
      await waitsUntil('bert', NOW + 3 * SECOND, true);
      await waitsUntil('cleo', NOW + 2 * SECOND, false);
      await waitsUntil('dora', NOW + 4 * SECOND, false);
      await outbox().accept([track('one', { destination: THERE })]);
      const call = { destination: HERE, kind: 'retries', after: NOW + 2 * SECOND, now: NOW, limit: 1 } as const;
      expect(await outbox().hastenLanes({ ...call, destination: THERE })).toBe(0);
      expect(await outbox().hastenLanes(call)).toBe(1);
      expect(await dueUsers()).toEqual(['anna']);
      expect(await outbox().hastenLanes(call)).toBe(1);
      expect(await outbox().hastenLanes(call)).toBe(0);
      expect(await dueUsers()).toEqual(['anna', 'dora']);
      expect(await outbox().hastenLanes({ ...call, kind: 'look-ups' })).toBe(1);
      expect(await dueUsers()).toEqual(['anna', 'bert', 'dora']);
    });

    it('keep count of what was tried, unless they are to begin afresh', async () => {
      await waitsUntil('anna', NOW + SECOND, false);
      await waitsUntil('bert', NOW + SECOND, true);
      const call = { destination: HERE, after: NOW, now: NOW, limit: 10 };
      await outbox().hastenLanes({ ...call, kind: 'retries' });
      await outbox().hastenLanes({ ...call, kind: 'look-ups', isAfresh: true });
      expect((await leaseTurn(outbox())).lanes).toMatchObject([{ lane: 'anna', attempts: 3 }]);
      expect((await leaseTurn(outbox())).lanes).toMatchObject([{ lane: 'bert', attempts: 0, isParked: true }]);
    });

    it('are due where they hold a Delete, too', async () => {
      await outbox().accept([deleteOf('anna', 'one')]);
      const next = { dueAt: NOW + SECOND, attempts: 1, parked: false };
      await attempt(outbox(), [retry('server_error')], { next });
      expect(await lease(outbox())).toEqual({ kind: 'idle', until: NOW + SECOND });
      await outbox().hastenLanes({ destination: HERE, kind: 'retries', after: NOW, now: NOW, limit: 10 });
      expect(lanesOf(await attempt(outbox(), [refused('no')]))).toEqual(['anna']);
    });
  });
}
