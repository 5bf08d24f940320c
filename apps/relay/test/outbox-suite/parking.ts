import { attempt, lease, leaseTurn, messageIdsOf, settle } from './attempt';
import type { OutboxUnderTest } from './outbox-under-test';
import { recordOf } from './record-of';
import { DELIVERED, deleteOf, HERE, identify, LATER, NOW, PARKED, retry, THERE, track, trackOf } from './sample-events';

const UNKNOWN = [retry('unknown_user')];
const ASLEEP = { kind: 'idle', until: PARKED.dueAt };

export function describeParking({ outbox }: OutboxUnderTest): void {
  /** A turn of another user, in which it is learnt that UserLeap knows this one. */
  async function learn(userId: string, destination = 'here'): Promise<void> {
    await outbox().accept([trackOf('teacher', `of ${userId}`, { destination })]);
    const turn = await leaseTurn(outbox(), { destination });
    await settle(outbox(), turn, [DELIVERED], { learnt: [[userId, 'known']] });
  }

  describe('a lane that is parked', () => {
    beforeEach(async () => {
      await outbox().accept([track('one')]);
      await attempt(outbox(), UNKNOWN, { next: PARKED });
    });

    it('waits for its look-up', async () => {
      expect(await lease(outbox())).toEqual(ASLEEP);
      expect((await leaseTurn(outbox(), { now: NOW + 60_000 })).lanes).toMatchObject([{ attempts: 1 }]);
    });

    it('is not woken by a Track', async () => {
      await outbox().accept([track('two')]);
      expect(await lease(outbox())).toEqual(ASLEEP);
    });

    it('counts what comes to it as waiting for its user', async () => {
      await outbox().accept([track('two')]);
      expect(await recordOf(outbox(), 'two')).toMatchObject({ state: 'pending', reason: 'unknown_user' });
      expect(await outbox().countWaitingFor('unknown_user')).toEqual(new Map([[HERE, 2]]));
    });

    it('does not count so what comes together with an Identify', async () => {
      await outbox().accept([track('two'), identify('three'), track('four')]);
      for (const messageId of ['two', 'three', 'four']) {
        expect(await recordOf(outbox(), messageId)).toMatchObject({ state: 'pending', reason: null });
      }
      expect(await outbox().countWaitingFor('unknown_user')).toEqual(new Map([[HERE, 1]]));
    });

    it('counts so what comes together with an Identify that it has already', async () => {
      await outbox().accept([identify('one'), track('two')]);
      expect(await recordOf(outbox(), 'two')).toMatchObject({ reason: 'unknown_user' });
      expect(await outbox().countWaitingFor('unknown_user')).toEqual(new Map([[HERE, 2]]));
    });

    it('is woken by an Identify, and everything in it goes as if for the first time', async () => {
      await outbox().accept([identify('two')]);
      const turn = await leaseTurn(outbox());
      expect(messageIdsOf(turn)).toEqual(['one', 'two']);
      expect(turn.lanes).toMatchObject([{ attempts: 0 }]);
    });

    it('is woken by a Delete', async () => {
      await outbox().accept([deleteOf('anna', 'two')]);
      expect(messageIdsOf(await leaseTurn(outbox()))).toEqual(['two']);
    });

    it('is woken when its user becomes known in another lane', async () => {
      await learn('anna');
      expect((await leaseTurn(outbox())).lanes).toMatchObject([{ lane: 'anna', attempts: 0 }]);
    });

    it.each<[string, () => Promise<void>]>([
      ['an Identify that it has already', () => outbox().accept([identify('one')])],
      [
        'an Identify of the user at another destination',
        () => outbox().accept([identify('two', { destination: THERE })]),
      ],
      ['what is learnt of another user', () => learn('bert')],
      ['what is learnt of the user at another destination', () => learn('anna', THERE)],
    ])('is not woken by %s', async (_, act) => {
      await act();
      expect(await lease(outbox())).toEqual(ASLEEP);
    });

    it('is no longer parked once it was woken', async () => {
      await outbox().accept([identify('two')]);
      await attempt(outbox(), [retry('server_error')], { next: LATER });
      await outbox().accept([identify('three')]);
      expect(await lease(outbox())).toEqual({ kind: 'idle', until: LATER.dueAt });
    });
  });

  describe('an attempt that would park its lane', () => {
    beforeEach(() => outbox().accept([track('one')]));

    it.each<[string, () => Promise<void>]>([
      ['an Identify came', () => outbox().accept([identify('two')])],
      ['a Delete came', () => outbox().accept([deleteOf('anna', 'two')])],
      ['the user became known', () => learn('anna')],
    ])('leaves it ready where %s meanwhile', async (_, meanwhile) => {
      await attempt(outbox(), UNKNOWN, { next: PARKED }, meanwhile);
      expect((await leaseTurn(outbox())).lanes).toMatchObject([{ lane: 'anna', attempts: 0 }]);
    });

    it.each<[string, () => Promise<void>]>([
      ['a Track came', () => outbox().accept([track('two')])],
      ['an Identify of the user came elsewhere', () => outbox().accept([identify('two', { destination: THERE })])],
      ['the user became known elsewhere', () => learn('anna', THERE)],
      ['another user became known', () => learn('bert')],
    ])('parks it though %s meanwhile', async (_, meanwhile) => {
      await attempt(outbox(), UNKNOWN, { next: PARKED }, meanwhile);
      expect(await lease(outbox())).toEqual(ASLEEP);
    });

    it('parks it though an Identify came during an earlier attempt', async () => {
      await attempt(outbox(), [DELIVERED], {}, () => outbox().accept([identify('two')]));
      await attempt(outbox(), UNKNOWN, { next: PARKED });
      expect(await lease(outbox())).toEqual(ASLEEP);
    });
  });

  describe('a lane that backs off', () => {
    it.each<[string, () => Promise<void>]>([
      ['an Identify', () => outbox().accept([identify('two')])],
      ['its user becoming known', () => learn('anna')],
    ])('is not woken by %s', async (_, act) => {
      await outbox().accept([track('one')]);
      await attempt(outbox(), [retry('server_error')], { next: LATER });
      await act();
      expect(await lease(outbox())).toEqual({ kind: 'idle', until: LATER.dueAt });
    });
  });
}
