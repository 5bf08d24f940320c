import { attempt, lease } from './attempt';
import type { OutboxUnderTest } from './outbox-under-test';
import { DAY, HERE, NOW, retry, SECOND, THERE, track, trackOf } from './sample-events';

const HOUR = 3_600 * SECOND;

export function describeFarLanes({ outbox }: OutboxUnderTest): void {
  describe('lanes that wait', () => {
    it('for a time further ahead than any can are due, a few at a time; others are not', async () => {
      for (const [user, dueAt, parked] of [
        ['anna', NOW + HOUR + SECOND, false],
        ['bert', NOW + DAY + SECOND, true],
        ['cleo', NOW + HOUR, false],
        ['dora', NOW + DAY, true],
      ] as const) {
        await outbox().accept([trackOf(user, user)]);
        const reason = parked ? 'unknown_user' : 'server_error';
        await attempt(outbox(), [retry(reason)], { next: { dueAt, attempts: 1, parked } });
      }
      await outbox().accept([track('one', { destination: THERE })]);
      const call = { destination: HERE, now: NOW, limit: 1 };
      expect(await outbox().hastenFarLanes({ ...call, destination: THERE })).toBe(0);
      expect(await outbox().hastenFarLanes(call)).toBe(2);
      expect(await outbox().hastenFarLanes(call)).toBe(0);
      const due = (await outbox().listLanes({ now: NOW, limit: 10, destination: HERE })).filter(
        ({ dueAt }) => dueAt === null || Date.parse(dueAt) <= NOW,
      );
      expect(due.map(({ userId }) => userId)).toEqual(['anna', 'bert']);
      expect(await lease(outbox())).toMatchObject({ kind: 'turns' });
    });
  });
}
