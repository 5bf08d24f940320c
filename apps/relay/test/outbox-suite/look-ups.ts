import { attempt, lanesOf, lease as leaseAny, settlementOf, turnOf } from './attempt';
import type { LeaseCall, Leased, Turn } from '../../src/outbox/port/turn';
import type { OutboxPort } from '../../src/outbox/port/outbox.port';
import type { OutboxUnderTest } from './outbox-under-test';
import { deleteOf, identify, NOW, PARKED, refused, retry, SECOND, THERE, track, trackOf } from './sample-events';

/** For a destination whose unknown users are looked up. */
function lease(outbox: OutboxPort, fields: Partial<LeaseCall> = {}): Promise<Leased> {
  return leaseAny(outbox, { looksUp: true, ...fields });
}

async function leaseTurn(outbox: OutboxPort, fields: Partial<LeaseCall> = {}): Promise<Turn> {
  const leased = await lease(outbox, fields);
  const turn = turnOf(leased);
  if (!turn) throw new Error(`expected a turn, got ${leased.kind}`);
  return turn;
}

const PARKED_LONG = { dueAt: NOW + 3_600 * SECOND, attempts: 4, parked: true };

export function describeLookUps({ outbox, reopen }: OutboxUnderTest): void {
  describe('a user that was looked up in vain', () => {
    // The lane is looked up, and ends before the next look-up: a new lane of the user has no attempts of its own.
    beforeEach(async () => {
      await outbox().accept([track('one')]);
      await attempt(outbox(), [retry('unknown_user')], { next: PARKED_LONG });
      await outbox().giveUp({ destination: 'here', before: NOW + 1, now: NOW, sentence: 'given up', limit: 100 });
    });

    it('has a new lane parked at once, till the look-up that is next', async () => {
      await outbox().accept([track('two')]);
      expect(await lease(outbox())).toEqual({ kind: 'idle', until: PARKED_LONG.dueAt });
      expect((await leaseTurn(outbox(), { now: PARKED_LONG.dueAt })).lanes).toMatchObject([{ attempts: 4 }]);
    });

    it('holds up no other lane, and takes no place in the budget', async () => {
      const budget = { id: 'own', requests: 100, windowMs: 60 * SECOND };
      await outbox().accept([track('two'), trackOf('bert', 'three')]);
      expect(lanesOf(await leaseTurn(outbox(), { budget }))).toEqual(['bert']);
      await lease(outbox(), { budget });
      expect(await outbox().budgetUse(budget, NOW)).toMatchObject({ used: 1 });
    });

    it('is looked up again when it is time', async () => {
      await outbox().accept([track('two', { acceptedAt: PARKED_LONG.dueAt })]);
      expect(lanesOf(await leaseTurn(outbox(), { now: PARKED_LONG.dueAt }))).toEqual(['anna']);
    });

    it('has a lane with an Identify in it sent', async () => {
      await outbox().accept([identify('two')]);
      expect(lanesOf(await leaseTurn(outbox()))).toEqual(['anna']);
    });

    it('has a lane with a Delete in it sent', async () => {
      await outbox().accept([deleteOf('anna', 'two')]);
      expect(lanesOf(await leaseTurn(outbox()))).toEqual(['anna']);
    });

    it('has a parked new lane woken by an Identify', async () => {
      await outbox().accept([track('two')]);
      await lease(outbox());
      await outbox().accept([identify('three')]);
      expect((await leaseTurn(outbox())).lanes).toMatchObject([{ lane: 'anna', attempts: 0 }]);
    });

    it('may be known at another destination', async () => {
      await outbox().accept([track('two', { destination: THERE })]);
      expect(lanesOf(await leaseTurn(outbox(), { destination: THERE }))).toEqual(['anna']);
    });

    it('is remembered over a restart', async () => {
      const reopened = await reopen();
      await reopened.accept([track('two')]);
      expect(await lease(reopened)).toEqual({ kind: 'idle', until: PARKED_LONG.dueAt });
    });

    it('is not known', async () => {
      expect(await outbox().isKnownUser('here', 'anna')).toBe(false);
    });

    it('is looked up no more once it is known', async () => {
      await outbox().accept([identify('two')]);
      await attempt(outbox(), [refused('no')], { learnt: [['anna', 'known']] });
      await outbox().accept([track('three')]);
      expect(lanesOf(await leaseTurn(outbox()))).toEqual(['anna']);
      expect(await outbox().isKnownUser('here', 'anna')).toBe(true);
    });

    it('has a new lane tried once it was deleted', async () => {
      await outbox().accept([deleteOf('anna', 'two')]);
      await attempt(outbox(), [{ outcome: 'delivered', warnings: [] }], { learnt: [['anna', 'erased']] });
      await outbox().accept([track('three')]);
      expect(lanesOf(await leaseTurn(outbox()))).toEqual(['anna']);
    });
  });

  it('parks hundreds of new lanes of unknown users without a place in the budget', async () => {
    const budget = { id: 'own', requests: 1_000_000, windowMs: 60 * SECOND };
    const users = Array.from({ length: 210 }, (_, index) => `user ${index}`);
    await outbox().accept(users.map((user) => trackOf(user, `first of ${user}`)));
    const leased = await leaseAny(outbox(), { most: users.length });
    const turns = leased.kind === 'turns' ? leased.turns : [];
    await outbox().settle(turns.map((turn) => settlementOf(turn, [retry('unknown_user')], { next: PARKED })));
    const call = { destination: 'here', before: NOW + 1, now: NOW, sentence: 'given up', limit: 100 };
    while ((await outbox().giveUp(call)).length > 0);
    expect(await outbox().countPending('here')).toBe(0);
    await outbox().accept(users.map((user) => trackOf(user, `second of ${user}`)));
    // More than are put aside in one go.
    expect(await lease(outbox(), { budget })).toEqual({ kind: 'again' });
    expect(await lease(outbox(), { budget })).toEqual({ kind: 'idle', until: PARKED.dueAt });
    expect(await outbox().budgetUse(budget, NOW)).toMatchObject({ used: 0 });
  });
}
