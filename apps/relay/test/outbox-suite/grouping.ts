import type { DeadLetterFilter } from '../../src/outbox/port/outbox.port';
import { attempt, leaseTurn, settle } from './attempt';
import type { OutboxUnderTest } from './outbox-under-test';
import { DELIVERED, HERE, NOW, refused, SECOND, settled, THERE, track, trackOf } from './sample-events';

export function describeGrouping({ outbox }: OutboxUnderTest): void {
  describe('groups of dead letters', () => {
    const at = (seconds: number) => ({ acceptedAt: NOW + seconds * SECOND });
    beforeEach(async () => {
      await outbox().accept([
        track('one', at(1)),
        track('two', at(2)),
        { ...settled('three', 'rejected', 'bert'), ...at(3) },
      ]);
      await attempt(outbox(), [refused('first'), refused('second')]);
      await outbox().accept([
        { ...settled('four', 'rejected', 'bert'), ...at(4), destination: THERE },
        { ...settled('five', 'rejected', 'cleo'), ...at(5), type: 'page' },
        { ...settled('six', 'rejected', 'cleo'), ...at(6) },
        trackOf('bert', 'waiting', at(7)),
      ]);
    });

    it('are one for each destination and reason, the largest first', async () => {
      const [newest] = await outbox().listEvents({ messageId: 'six', limit: 1 });
      const iso = (seconds: number) => new Date(NOW + seconds * SECOND).toISOString();
      const groups = await outbox().groupDeadLetters();
      expect(groups[0]).toEqual({
        destination: HERE,
        reason: 'invalid_event',
        message: 'it was rejected',
        count: 3,
        oldestAt: iso(3),
        newestAt: iso(6),
        sampleId: newest?.id,
        messages: [{ message: 'it was rejected', count: 3, isMore: false, newestAt: iso(6), sampleId: newest?.id }],
        hasOtherMessages: false,
      });
      expect(
        groups.slice(1).map(({ destination, reason, message, count }) => [destination, reason, message, count]),
      ).toEqual([
        [HERE, 'refused', 'second', 2],
        [THERE, 'invalid_event', 'it was rejected', 1],
      ]);
    });

    it('tell the messages apart that have the same reason', async () => {
      await outbox().accept([track('seven', at(8))]);
      await attempt(outbox(), [DELIVERED]);
      await attempt(outbox(), [refused('second')]);
      const groups = await outbox().groupDeadLetters();
      const { messages = [] } = groups.find(({ reason }) => reason === 'refused') ?? {};
      expect(messages.map(({ message, count }) => [message, count])).toEqual([
        ['second', 2],
        ['first', 1],
      ]);
    });

    it('list some messages of very many, and say so', async () => {
      const many = Array.from({ length: 25 }, (_, index) => track(`many ${index}`, { ...at(9), destination: THERE }));
      await outbox().accept(many);
      const refusals = many.map((_, index) => refused(`no such plan: ${index}`));
      await settle(outbox(), await leaseTurn(outbox(), { destination: THERE }), refusals);
      const groups = await outbox().groupDeadLetters();
      const group = groups.find(({ destination, reason }) => destination === THERE && reason === 'refused');
      expect(group).toMatchObject({ count: 25, hasOtherMessages: true });
      expect(group?.messages).toHaveLength(20);
    });

    it.each<[string, DeadLetterFilter, number]>([
      ['a message', { message: 'first' }, 1],
      ['a message of a reason that it does not have', { message: 'first', reason: 'invalid_event' }, 0],
      ['no numbers that there are', { ids: [1_000] }, 0],
      ['all', {}, 6],
      ['a destination', { destination: THERE }, 1],
      ['a reason', { reason: 'invalid_event' }, 4],
      ['a type and a reason', { type: 'track', reason: 'invalid_event' }, 3],
      ['a user', { userId: 'bert' }, 2],
      ['a user and a destination', { userId: 'bert', destination: HERE }, 1],
      ['a message id', { messageId: 'one' }, 1],
      ['what waits', { messageId: 'waiting' }, 0],
      ['a reason that there is not', { reason: 'unknown_user' }, 0],
    ])('are counted as they can be replayed: %s', async (_, filter, count) => {
      expect(await outbox().countDeadLetters(filter)).toBe(count);
      expect(await outbox().loadDeadLetters(filter, undefined, 10)).toHaveLength(count);
    });
  });
}
