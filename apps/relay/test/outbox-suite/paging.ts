import type { EventFilter, EventRecord } from '../../src/outbox/port/event-record';
import { attempt } from './attempt';
import type { OutboxUnderTest } from './outbox-under-test';
import { AT_ONCE, HERE, identify, NOW, refused, retry, SECOND, settled, THERE, track, trackOf } from './sample-events';

export function describePaging({ outbox }: OutboxUnderTest): void {
  describe('pages of events', () => {
    // Of every kind, several at the same time, and not in order of arrival.
    beforeEach(async () => {
      for (let round = 0; round < 4; round++) {
        const at = { acceptedAt: NOW + (round === 1 ? 9 : round) * SECOND };
        const id = (name: string) => `${name} ${round}`;
        await outbox().accept([
          identify(id('identify'), at),
          trackOf('bert', id('bert'), at),
          track(id('there'), { ...at, destination: THERE }),
          { ...settled(id('rejected'), 'rejected', 'anna'), ...at },
          { ...settled(id('filtered'), 'filtered'), ...at },
        ]);
      }
      await attempt(outbox(), [retry('timeout'), refused('no')], { next: AT_ONCE });
    });

    async function pages(
      filter: Partial<EventFilter>,
      meanwhile = async () => undefined as unknown,
    ): Promise<string[]> {
      const found: EventRecord[] = [];
      for (;;) {
        const last = found.at(-1);
        const before = last && { before: { at: Date.parse(last.acceptedAt), id: last.id } };
        const page = await outbox().listEvents({ ...filter, ...before, limit: 2 });
        if (page.length === 0) return found.map(({ messageId }) => messageId);
        found.push(...page);
        await meanwhile();
      }
    }
    const all = async (filter: Partial<EventFilter>) =>
      (await outbox().listEvents({ ...filter, limit: 100 })).map(({ messageId }) => messageId);

    it.each<[string, Partial<EventFilter>, number]>([
      ['everything', {}, 20],
      ['a destination', { destination: HERE }, 16],
      ['a state', { state: 'pending' }, 9],
      ['a type', { type: 'track' }, 16],
      ['a reason', { reason: 'invalid_event' }, 8],
      ['a user', { userId: 'anna' }, 12],
      [
        'a user and more',
        { userId: 'anna', destination: HERE, state: 'rejected', type: 'track', reason: 'invalid_event' },
        4,
      ],
      ['a state and a type', { state: 'pending', type: 'track' }, 8],
      ['a destination that there is not', { destination: 'nowhere' }, 0],
    ])('hold %s once, newest first', async (_, filter, count) => {
      const found = await pages(filter);
      expect(found).toEqual(await all(filter));
      expect(new Set(found).size).toBe(count);
    });

    it('are in order of the time of acceptance', async () => {
      const times = (await outbox().listEvents({ limit: 100 })).map(({ acceptedAt }) => acceptedAt);
      expect(times).toEqual([...times].sort().reverse());
    });

    it('hold nothing that comes while they are turned, and leave nothing out', async () => {
      const before = await all({ type: 'track' });
      let more = 0;
      const found = await pages({ type: 'track' }, () =>
        outbox().accept([track(`new ${more++}`, { acceptedAt: NOW + 60 * SECOND })]),
      );
      expect(found).toEqual(before);
    });

    it.each<[string, Partial<EventFilter>, readonly string[]]>([
      ['from a time on', { from: NOW + 3 * SECOND }, ['bert 1', 'bert 3']],
      ['before a time', { to: NOW + 2 * SECOND }, ['bert 0']],
      ['in a range', { from: NOW, to: NOW + 9 * SECOND }, ['bert 3', 'bert 2', 'bert 0']],
      ['in an empty range', { from: NOW + SECOND, to: NOW + SECOND }, []],
    ])('hold what was accepted %s', async (_, filter, expected) => {
      expect(await all({ ...filter, userId: 'bert' })).toEqual(expected);
      expect((await all(filter)).filter((id) => id.startsWith('bert'))).toEqual(expected);
      expect((await all({ ...filter, type: 'track' })).filter((id) => id.startsWith('bert'))).toEqual(expected);
    });
  });
}
