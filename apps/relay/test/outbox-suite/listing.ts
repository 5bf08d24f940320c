import type { EventFilter } from '../../src/outbox/port/event-record';
import { attempt } from './attempt';
import type { OutboxUnderTest } from './outbox-under-test';
import { HERE, identify, LATER, NOW, retry, settled, THERE, track, trackOf } from './sample-events';

export function describeListing({ outbox }: OutboxUnderTest): void {
  describe('listEvents', () => {
    beforeEach(async () => {
      await outbox().accept([identify('zero')]);
      await attempt(outbox(), [retry('server_error')], { next: LATER });
      await outbox().accept([
        track('one'),
        trackOf('bert', 'two', { eventName: 'Order Completed' }),
        track('one', { destination: THERE }),
        { ...settled('three', 'rejected', 'anna'), eventName: 'Order Cancelled' },
        trackOf('', 'held', { fate: { anonymousId: 'visitor' }, acceptedAt: NOW - 1 }),
      ]);
    });

    async function list(filter: Partial<EventFilter>): Promise<readonly string[]> {
      const events = await outbox().listEvents({ limit: 10, ...filter });
      return events.map(({ destination, messageId }) => `${messageId} ${destination}`);
    }

    it.each<[string, Partial<EventFilter>, readonly string[]]>([
      ['everything, newest first', {}, ['three here', 'one there', 'two here', 'one here', 'zero here', 'held here']],
      ['as many as asked for', { limit: 2 }, ['three here', 'one there']],
      ['a destination', { destination: THERE }, ['one there']],
      ['a message id', { messageId: 'one' }, ['one there', 'one here']],
      ['a user', { userId: 'anna' }, ['three here', 'one there', 'one here', 'zero here']],
      ['a state', { state: 'rejected' }, ['three here']],
      ['what waits', { state: 'pending' }, ['one there', 'two here', 'one here', 'zero here']],
      ['a reason', { reason: 'server_error' }, ['zero here']],
      ['a type', { type: 'identify' }, ['zero here']],
      ['all of these', { destination: THERE, messageId: 'one', userId: 'anna', state: 'pending' }, ['one there']],
      ['a name', { event: ' Order Completed ' }, ['two here']],
      ['dead letters of a name', { event: 'Order Cancelled', state: 'rejected' }, ['three here']],
      ['no dead letters where those of a name are none', { event: 'Order Completed', state: 'rejected' }, []],
      ['what is searched for by message id', { search: 'two' }, ['two here']],
      ['what is searched for by user', { search: 'anna' }, ['three here', 'one there', 'one here', 'zero here']],
      ['what is searched for by anonymous id', { search: 'visitor' }, ['held here']],
      ['what is searched for by a part of its name', { search: 'order c' }, ['three here', 'two here']],
      ['what is searched for and narrowed', { search: 'order', userId: 'bert' }, ['two here']],
      ['nothing where another is asked for', { search: 'two', messageId: 'one' }, []],
      ['nothing where nothing fits', { messageId: 'four' }, []],
      ['nothing where not everything fits', { destination: THERE, messageId: 'two' }, []],
    ])('gives %s', async (_, filter, expected) => {
      expect(await list(filter)).toEqual(expected);
    });

    it('gives the event with an id', async () => {
      const [, second] = await outbox().listEvents({ limit: 2 });
      expect(await list({ id: second?.id ?? 0 })).toEqual(['one there']);
      expect(await list({ search: String(second?.id) })).toEqual(['one there']);
    });

    it('tells what became of an event, and nothing of its body', async () => {
      const [event] = await outbox().listEvents({ limit: 1 });
      expect(event).toEqual({
        id: expect.any(Number),
        destination: HERE,
        messageId: 'three',
        anonymousId: null,
        type: 'track',
        event: 'Order Cancelled',
        userId: 'anna',
        priority: 'live',
        state: 'rejected',
        reason: 'invalid_event',
        message: 'it was rejected',
        warnings: [],
        attempts: 0,
        history: [],
        acceptedAt: new Date(NOW).toISOString(),
        settledAt: new Date(NOW).toISOString(),
      });
    });
  });
}
