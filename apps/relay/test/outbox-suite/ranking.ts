import { attempt, lanesOf, lease as leaseAny, messageIdsOf, settle, turnOf } from './attempt';
import type { LeaseCall, Turn } from '../../src/outbox/port/turn';
import type { OutboxUnderTest } from './outbox-under-test';
import { aliasOf, DELIVERED, HERE, identify, LATER, NOW, PARKED, retry, SECOND, track, trackOf } from './sample-events';

const UNKNOWN = [retry('unknown_user')];

export function describeRanking({ outbox }: OutboxUnderTest): void {
  /** The next turn of a destination whose unknown users are looked up, however often it has to be asked for. */
  async function leaseTurn(fields: Partial<LeaseCall> = {}): Promise<Turn> {
    for (;;) {
      const leased = await leaseAny(outbox(), { looksUp: true, ...fields });
      const turn = turnOf(leased);
      if (turn) return turn;
      if (leased.kind !== 'again') throw new Error(`expected a turn, got ${leased.kind}`);
    }
  }

  const identifyOf = (lane: string, messageId: string) =>
    identify(messageId, { fate: { lane, createsUser: true, deletesUser: false, otherUser: null } });

  describe('what is leased first', () => {
    it('is what can be delivered, before older events of users that may not be known', async () => {
      await outbox().accept([
        trackOf('stranger', 'one'),
        trackOf('other stranger', 'two'),
        identifyOf('anna', 'three'),
      ]);
      expect(lanesOf(await leaseTurn())).toEqual(['anna']);
      expect(lanesOf(await leaseTurn())).toEqual(['stranger']);
      expect(lanesOf(await leaseTurn())).toEqual(['other stranger']);
    });

    it('is what can be delivered, behind more strangers than are looked at in one go', async () => {
      await outbox().accept(Array.from({ length: 450 }, (_, at) => trackOf(`stranger ${at}`, `message ${at}`)));
      await outbox().accept([identifyOf('anna', 'last')]);
      expect(await leaseAny(outbox(), { looksUp: true })).toEqual({ kind: 'again' });
      expect(lanesOf(await leaseTurn())).toEqual(['anna']);
    });

    it('is what waits for a user who is known, like what creates one', async () => {
      await outbox().accept([identifyOf('anna', 'one')]);
      await attempt(outbox(), [DELIVERED], { learnt: [['anna', 'known']] });
      await outbox().accept([trackOf('stranger', 'two'), trackOf('anna', 'three')]);
      expect(lanesOf(await leaseTurn())).toEqual(['anna']);
    });

    it('is what has backed off, if its event is the oldest', async () => {
      await outbox().accept([identifyOf('anna', 'one'), identifyOf('bert', 'two')]);
      await attempt(outbox(), [retry('server_error')], { next: LATER });
      expect(lanesOf(await leaseTurn({ now: NOW + 4 * SECOND }))).toEqual(['bert']);
      await outbox().accept([identifyOf('cleo', 'three')]);
      expect(lanesOf(await leaseTurn({ now: NOW + 5 * SECOND }))).toEqual(['anna']);
    });

    it('is a look-up when it is the turn of one', async () => {
      await outbox().accept([identifyOf('anna', 'one'), trackOf('stranger', 'two'), identifyOf('bert', 'three')]);
      expect(lanesOf(await leaseTurn())).toEqual(['anna']);
      const turn = await leaseTurn({ lookUpsFirst: 1 });
      expect(lanesOf(turn)).toEqual(['stranger']);
      await settle(outbox(), turn, UNKNOWN, { next: PARKED });
      expect(lanesOf(await leaseTurn({ lookUpsFirst: 1 }))).toEqual(['bert']);
    });

    it('is the look-up that has been due for longest', async () => {
      await outbox().accept([trackOf('bert', 'one'), trackOf('anna', 'two')]);
      await attempt(outbox(), UNKNOWN, { next: PARKED });
      await attempt(outbox(), UNKNOWN, { next: { ...PARKED, dueAt: NOW + 30 * SECOND } });
      expect(lanesOf(await leaseTurn({ now: NOW + 90 * SECOND }))).toEqual(['anna']);
      expect(lanesOf(await leaseTurn({ now: NOW + 90 * SECOND }))).toEqual(['bert']);
    });

    it('is an Alias in its place, whose old user may not be known', async () => {
      await outbox().accept([aliasOf('visitor', 'anna', 'one'), identifyOf('anna', 'two')]);
      expect([...lanesOf(await leaseTurn())].sort()).toEqual(['anna', 'visitor']);
    });
  });

  describe('a lane that holds more than goes out at once', () => {
    const many = Array.from({ length: 1_500 }, (_, at) => track(`message ${at}`));

    it('sends what creates its user, though more waits before it', async () => {
      await outbox().accept(many);
      await attempt(outbox(), UNKNOWN, { next: PARKED });
      await outbox().accept([identify('identify')]);
      const turn = await leaseTurn();
      expect(messageIdsOf(turn).at(-1)).toBe('identify');
      expect(messageIdsOf(turn)).toHaveLength(1_001);
      await settle(outbox(), turn, [DELIVERED], { learnt: [['anna', 'known']] });
      expect(messageIdsOf(await leaseTurn())).toHaveLength(500);
    });

    it('lets it not overtake an Alias', async () => {
      await outbox().accept([...many, aliasOf('anna', 'bert', 'alias'), identify('identify')]);
      expect(messageIdsOf(await leaseTurn())).toHaveLength(1_000);
    });

    it('is not searched where nothing in it creates its user', async () => {
      await outbox().accept([...many, track('not really', { type: 'identify' })]);
      expect(messageIdsOf(await leaseTurn())).toHaveLength(1_000);
    });
  });

  describe('what waits for users that are not known', () => {
    const parked = async () => (await outbox().countWaitingFor('unknown_user')).get(HERE) ?? 0;

    it('is counted as such from when it was put aside', async () => {
      await outbox().accept([trackOf('stranger', 'one'), trackOf('stranger', 'two'), identifyOf('anna', 'three')]);
      expect(await parked()).toBe(0);
      await leaseTurn();
      expect(await parked()).toBe(2);
    });

    it('is counted as such when it comes later', async () => {
      await outbox().accept([track('one')]);
      await attempt(outbox(), UNKNOWN, { next: PARKED });
      await outbox().accept([track('two'), track('three'), trackOf('bert', 'four')]);
      expect(await parked()).toBe(3);
    });

    it('is no longer counted once its user is known and it has gone', async () => {
      await outbox().accept([track('one')]);
      await attempt(outbox(), UNKNOWN, { next: PARKED });
      await outbox().accept([identify('two')]);
      await attempt(outbox(), [DELIVERED]);
      expect(await parked()).toBe(0);
    });

    it('is counted though a turn could not hold it', async () => {
      await outbox().accept(Array.from({ length: 1_200 }, (_, at) => track(`message ${at}`)));
      await attempt(outbox(), UNKNOWN, { next: PARKED });
      expect(await parked()).toBe(1_200);
    });
  });
}
