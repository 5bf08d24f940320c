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
        trackOf('bert', 'two'),
        track('one', { destination: THERE }),
        settled('three', 'rejected', 'anna'),
      ]);
    });

    async function list(filter: Partial<EventFilter>): Promise<readonly string[]> {
      const events = await outbox().listEvents({ limit: 10, ...filter });
      return events.map(({ destination, messageId }) => `${messageId} ${destination}`);
    }

    it.each<[string, Partial<EventFilter>, readonly string[]]>([
      ['everything, newest first', {}, ['three here', 'one there', 'two here', 'one here', 'zero here']],
      ['as many as asked for', { limit: 2 }, ['three here', 'one there']],
      ['a destination', { destination: THERE }, ['one there']],
      ['a message id', { messageId: 'one' }, ['one there', 'one here']],
      ['a user', { userId: 'anna' }, ['three here', 'one there', 'one here', 'zero here']],
      ['a state', { state: 'rejected' }, ['three here']],
      ['what waits', { state: 'pending' }, ['one there', 'two here', 'one here', 'zero here']],
      ['a reason', { reason: 'server_error' }, ['zero here']],
      ['a type', { type: 'identify' }, ['zero here']],
      ['all of these', { destination: THERE, messageId: 'one', userId: 'anna', state: 'pending' }, ['one there']],
      ['nothing where nothing fits', { messageId: 'four' }, []],
      ['nothing where not everything fits', { destination: THERE, messageId: 'two' }, []],
    ])('gives %s', async (_, filter, expected) => {
      expect(await list(filter)).toEqual(expected);
    });

    it('gives the event with an id', async () => {
      const [, second] = await outbox().listEvents({ limit: 2 });
      expect(await list({ id: second?.id ?? 0 })).toEqual(['one there']);
    });

    it('tells what became of an event, and nothing of its body', async () => {
      const [event] = await outbox().listEvents({ limit: 1 });
      expect(event).toEqual({
        id: expect.any(Number),
        destination: HERE,
        messageId: 'three',
        anonymousId: null,
        type: 'track',
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
