import { attempt } from './attempt';
import type { OutboxUnderTest } from './outbox-under-test';
import { AT_ONCE, DELIVERED, NOW, refused, retry, SECOND, track } from './sample-events';

export function describeHistory({ outbox }: OutboxUnderTest): void {
  describe('the history of an event', () => {
    beforeEach(() => outbox().accept([track('one')]));

    const at = (seconds: number) => new Date(NOW + seconds * SECOND).toISOString();
    async function historyOf(messageId: string) {
      const [event] = await outbox().listEvents({ messageId, limit: 1 });
      return event?.history.map(({ reason, times, firstAt, lastAt }) => [reason, times, firstAt, lastAt]);
    }
    async function fail(reason: Parameters<typeof retry>[0], second: number): Promise<void> {
      await attempt(outbox(), [retry(reason)], { next: AT_ONCE, now: NOW + second * SECOND });
    }

    it('is empty at first', async () => {
      expect(await historyOf('one')).toEqual([]);
    });

    it('tells what kept it waiting, runs of the same reason together', async () => {
      await fail('server_error', 1);
      await fail('server_error', 2);
      await fail('timeout', 3);
      await fail('server_error', 4);
      expect(await historyOf('one')).toEqual([
        ['server_error', 2, at(1), at(2)],
        ['timeout', 1, at(3), at(3)],
        ['server_error', 1, at(4), at(4)],
      ]);
      expect(await outbox().listEvents({ limit: 1 })).toMatchObject([
        { attempts: 4, history: [{ message: 'again: server_error' }, { message: 'again: timeout' }, {}] },
      ]);
    });

    it.each([DELIVERED, refused('no')])('is kept when the event has its end', async (outcome) => {
      await fail('server_error', 1);
      await attempt(outbox(), [outcome], { now: NOW + 2 * SECOND });
      expect(await historyOf('one')).toEqual([['server_error', 1, at(1), at(1)]]);
    });

    it('is that of each event, though they were sent together', async () => {
      await fail('server_error', 1);
      await outbox().accept([track('two')]);
      await fail('server_error', 2);
      expect(await historyOf('one')).toEqual([['server_error', 2, at(1), at(2)]]);
      expect(await historyOf('two')).toEqual([['server_error', 1, at(2), at(2)]]);
    });

    it('keeps the last of very many changes', async () => {
      for (let second = 1; second <= 125; second++) await fail(second % 2 === 0 ? 'server_error' : 'timeout', second);
      const history = await historyOf('one');
      expect(history?.length).toBe(100);
      expect(history?.at(-1)).toEqual(['timeout', 1, at(125), at(125)]);
    });
  });
}
