import type { DeadLetterFilter, NewEvent } from '../../src/outbox/port/outbox.port';
import { attempt, lanesOf, lease, leaseTurn, messageIdsOf, settle } from './attempt';
import type { OutboxUnderTest } from './outbox-under-test';
import { DELIVERED, HERE, identify, NOW, PARKED, refused, retry, SECOND, THERE, track, trackOf } from './sample-events';

const IN_ANNAS_LANE = { lane: 'anna', createsUser: false, deletesUser: false, otherUser: null };

export function describeReplaying({ outbox }: OutboxUnderTest): void {
  /** Keeps an event that is a dead letter from the start. */
  async function bury(event: NewEvent, userId = 'anna'): Promise<number> {
    const outcome = { outcome: 'rejected', reason: 'refused', message: 'no', warnings: [] } as const;
    await outbox().accept([{ ...event, fate: { outcome, userId } }]);
    const [record] = await outbox().listEvents({ limit: 1 });
    return record?.id ?? 0;
  }

  describe('loadDeadLetters', () => {
    beforeEach(async () => {
      await bury(track('one'));
      await bury(track('two'), 'bert');
      await bury(track('three', { destination: THERE }));
      await bury(identify('four'));
      await outbox().accept([track('waiting'), track('through', { destination: THERE })]);
      await settle(outbox(), await leaseTurn(outbox(), { destination: THERE }), [DELIVERED]);
    });

    it.each<[string, DeadLetterFilter, readonly string[]]>([
      ['all of them, oldest first', {}, ['one', 'two', 'three', 'four']],
      ['those of a destination', { destination: THERE }, ['three']],
      ['those with a message id', { messageId: 'two' }, ['two']],
      ['those of a user', { userId: 'anna' }, ['one', 'three', 'four']],
      ['those of a type', { type: 'identify' }, ['four']],
      ['those with a reason', { reason: 'refused' }, ['one', 'two', 'three', 'four']],
      ['none where the reason is another', { reason: 'unknown_user' }, []],
      ['none with the message id of what is no dead letter', { messageId: 'waiting' }, []],
    ])('gives %s', async (_, filter, expected) => {
      const letters = await outbox().loadDeadLetters(filter, undefined, 10);
      expect(letters.map(({ body }) => body)).toEqual(expected.map((messageId) => JSON.stringify({ messageId })));
    });

    it('gives the one with an id', async () => {
      const [, second] = await outbox().loadDeadLetters({}, undefined, 10);
      expect(await outbox().loadDeadLetters({ id: second?.id ?? 0 }, undefined, 10)).toEqual([
        {
          id: second?.id,
          acceptedAt: NOW,
          destination: HERE,
          body: '{"messageId":"two"}',
          claimedBy: null,
          state: 'rejected',
        },
      ]);
    });

    it('gives as many as asked for, after the one that was last', async () => {
      const first = await outbox().loadDeadLetters({}, undefined, 3);
      const last = first.at(-1);
      const rest = await outbox().loadDeadLetters({}, last && { at: last.acceptedAt, id: last.id }, 3);
      expect([...first, ...rest].map(({ body }) => body)).toEqual(
        ['one', 'two', 'three', 'four'].map((messageId) => JSON.stringify({ messageId })),
      );
    });
  });

  describe('requeue', () => {
    const later = NOW + 100 * SECOND;

    it('makes a dead letter wait again, with what was known of it', async () => {
      await outbox().accept([track('one')]);
      await attempt(outbox(), [retry('server_error')], { next: { ...PARKED, parked: false, dueAt: undefined } });
      await attempt(outbox(), [refused('no')]);
      const [letter] = await outbox().loadDeadLetters({}, undefined, 1);
      await outbox().requeue([{ id: letter?.id ?? 0, fate: IN_ANNAS_LANE }], later);
      expect(await outbox().listEvents({ limit: 1 })).toMatchObject([
        { state: 'pending', reason: null, message: null, settledAt: null, attempts: 2, history: [{ times: 1 }] },
      ]);
      expect(await outbox().countPending(HERE)).toBe(1);
      const { events } = await leaseTurn(outbox(), { now: later });
      expect(events).toMatchObject([{ id: letter?.id, body: '{"messageId":"one"}', queuedAt: later }]);
    });

    it('puts it in the place that its arrival gives it, in its lane and before others', async () => {
      const id = await bury(track('one'));
      await outbox().accept([trackOf('bert', 'two'), track('three')]);
      await outbox().requeue([{ id, fate: IN_ANNAS_LANE }], later);
      expect(messageIdsOf(await leaseTurn(outbox()))).toEqual(['one', 'three']);
      expect(lanesOf(await leaseTurn(outbox()))).toEqual(['bert']);
    });

    it('lets it wait for the whole horizon again', async () => {
      const id = await bury(track('one'));
      await outbox().requeue([{ id, fate: IN_ANNAS_LANE }], later);
      const call = { destination: HERE, now: later, sentence: 'given up', limit: 100 };
      expect(await outbox().giveUp({ ...call, before: later })).toEqual([]);
      expect(await outbox().giveUp({ ...call, before: later + 1 })).toHaveLength(1);
    });

    it('wakes a parked lane by an Identify', async () => {
      const id = await bury(identify('one'));
      await outbox().accept([track('two')]);
      await attempt(outbox(), [retry('unknown_user')], { next: PARKED });
      await outbox().requeue([{ id, fate: { ...IN_ANNAS_LANE, createsUser: true } }], NOW);
      expect(messageIdsOf(await leaseTurn(outbox()))).toEqual(['one', 'two']);
    });

    it('leaves what backs off to its back-off', async () => {
      const id = await bury(track('one'));
      await outbox().accept([track('two')]);
      await attempt(outbox(), [retry('server_error')]);
      await outbox().requeue([{ id, fate: IN_ANNAS_LANE }], NOW);
      expect(await lease(outbox())).toMatchObject({ kind: 'idle', until: expect.any(Number) });
    });

    it('tries at once what backs off, where the relay has paused the destination', async () => {
      const pause = { reason: 'server_error', pausedAt: NOW, probes: 3, probeAt: NOW } as const;
      const id = await bury(track('one'));
      await outbox().accept([track('two'), trackOf('bert', 'three')]);
      for (let count = 0; count < 2; count += 1) await attempt(outbox(), [retry('server_error')]);
      await outbox().savePause(HERE, pause, NOW);
      await outbox().requeue([{ id, fate: IN_ANNAS_LANE }], NOW);
      const probe = { due: NOW, next: NOW + 60 * SECOND };
      expect(messageIdsOf(await leaseTurn(outbox(), { probe }))).toEqual(['one', 'two']);
      expect(await lease(outbox())).toMatchObject({ kind: 'idle', until: expect.any(Number) });
    });

    it('ends it otherwise where the settings of today say so', async () => {
      const id = await bury(track('one'));
      const outcome = { outcome: 'filtered', reason: 'event_denied', message: 'denied', warnings: [] } as const;
      await outbox().requeue([{ id, fate: { outcome, userId: 'anna' } }], later);
      expect(await lease(outbox())).toEqual({ kind: 'idle', until: undefined });
      expect(await outbox().listEvents({ limit: 1 })).toMatchObject([
        { state: 'filtered', reason: 'event_denied', userId: 'anna', settledAt: new Date(later).toISOString() },
      ]);
    });

    it('leaves alone what is no dead letter, and ids that there are not', async () => {
      await outbox().accept([track('one'), trackOf('bert', 'two')]);
      await attempt(outbox(), [DELIVERED]);
      const ids = (await outbox().listEvents({ limit: 10 })).map(({ id }) => id);
      await outbox().requeue(
        [...ids, 999].map((id) => ({ id, fate: IN_ANNAS_LANE })),
        later,
      );
      expect(lanesOf(await leaseTurn(outbox()))).toEqual(['bert']);
      expect(await lease(outbox())).toEqual({ kind: 'idle', until: undefined });
    });

    it('takes up what has ended otherwise, where that is said, once', async () => {
      await outbox().accept([track('one')]);
      await attempt(outbox(), [DELIVERED]);
      const [event] = await outbox().loadDeadLetters({ state: 'delivered' }, undefined, 10);
      expect(event).toMatchObject({ state: 'delivered', body: '{"messageId":"one"}' });
      const again = { id: event?.id ?? 0, fate: IN_ANNAS_LANE, state: 'delivered' } as const;
      await outbox().requeue([again], later);
      await outbox().requeue([again], later);
      expect(messageIdsOf(await leaseTurn(outbox(), { now: later }))).toEqual(['one']);
      const { story = [] } = (await outbox().loadEvent(again.id)) ?? {};
      expect(story.map((entry) => [entry.kind, entry.kind === 'settled' ? entry.state : ''])).toEqual([
        ['accepted', ''],
        ['settled', 'delivered'],
        ['replayed', ''],
      ]);
      expect(await outbox().countDeadLetters({ state: 'delivered' })).toBe(0);
    });

    it('counts what has ended, but no more than it is asked to', async () => {
      await outbox().accept([track('one'), track('two'), track('three')]);
      await attempt(outbox(), [DELIVERED, DELIVERED, refused('no')]);
      const { countDeadLetters } = outbox();
      const count = countDeadLetters.bind(outbox());
      expect(await count({ state: 'delivered' })).toBe(2);
      expect(await count({ state: 'any', userId: 'anna' })).toBe(3);
      expect(await count({ state: 'any', userId: 'anna' }, 2)).toBe(2);
      expect(await count({ state: 'any', to: NOW })).toBe(0);
    });

    it('takes several in any order', async () => {
      const first = await bury(track('one'));
      await outbox().accept([trackOf('bert', 'two')]);
      const second = await bury(track('three'));
      await outbox().requeue(
        [second, first].map((id) => ({ id, fate: IN_ANNAS_LANE })),
        later,
      );
      expect(messageIdsOf(await leaseTurn(outbox()))).toEqual(['one', 'three']);
    });
  });
}
