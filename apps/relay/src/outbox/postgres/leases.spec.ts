import { sql } from 'kysely';
import { LARGE_BUDGET, lease, leaseTurn, messageIdsOf, settle } from '../../../test/outbox-suite/attempt';
import { recordOf } from '../../../test/outbox-suite/record-of';
import { DELIVERED, HERE, NOW, retry, THERE, track, trackOf } from '../../../test/outbox-suite/sample-events';
import { describeOnPostgres } from '../../../test/postgres/describe-on-postgres';
import { useReplicas } from '../../../test/postgres/use-replicas';
import { LeaseLost } from '../port/outbox.port';
import type { PostgresOutbox } from './postgres-outbox';

describeOnPostgres('leases of several replicas on one database', (createSchema) => {
  const replicas = useReplicas(createSchema);
  let one: PostgresOutbox;
  let other: PostgresOutbox;
  beforeEach(() => ({ one, other } = replicas));

  const expireLeases = () => sql`UPDATE leases SET expires_at = 0`.execute(replicas.db);
  const expiryOfLeases = async () =>
    (await sql<{ expires_at: number }>`SELECT expires_at FROM leases`.execute(replicas.db)).rows.map(
      (row) => row.expires_at,
    );

  describe('a lease', () => {
    it('is taken over once it has expired', async () => {
      await one.accept([track('one')]);
      await leaseTurn(one);
      await expireLeases();
      expect(messageIdsOf(await leaseTurn(other))).toEqual(['one']);
      expect((await lease(one)).kind).toBe('idle');
    });

    it('that is taken over leaves doubt about what was in flight, by the clock of the database', async () => {
      await one.accept([track('one')]);
      const lost = await leaseTurn(one);
      await one.accept([track('two')]);
      await expireLeases();
      const { lanes } = await leaseTurn(other);
      const now = await other.readClock();
      expect(lanes[0]?.doubt?.upTo).toBe(lost.events[0]?.id);
      expect(now - (lanes[0]?.doubt?.since ?? 0)).toBeGreaterThanOrEqual(0);
      expect(now - (lanes[0]?.doubt?.since ?? 0)).toBeLessThan(60_000);
    });

    it('that has expired keeps nobody from moving, ending or giving up what it had, where nothing is leased any more', async () => {
      await one.accept([track('one'), trackOf('bert', 'two'), trackOf('cleo', 'three')]);
      for (const act of [
        async () => {
          const [event] = await other.loadWaiting(HERE, undefined, 1);
          const fate = { lane: 'anna', createsUser: false, deletesUser: false, otherUser: null };
          return other.moveWaiting({ from: HERE, to: THERE, events: [{ id: event?.id ?? 0, fate }], now: NOW });
        },
        async () => (await other.endWaiting({ destination: HERE, now: NOW, sentence: 'over', limit: 1 })).length,
        async () =>
          (await other.giveUp({ destination: HERE, before: NOW + 1, now: NOW, sentence: 'too old', limit: 1 })).length,
      ]) {
        await leaseTurn(one);
        await expireLeases();
        expect(await act()).toBe(1);
      }
    });

    it('that was lost tells nothing any more of what became of the events', async () => {
      await one.accept([track('one')]);
      const lost = await leaseTurn(one);
      await expireLeases();
      const turn = await leaseTurn(other);
      await expect(settle(one, lost, [retry('server_error')])).rejects.toThrow(LeaseLost);
      expect(await recordOf(one, 'one')).toMatchObject({ state: 'pending', attempts: 0 });
      await settle(other, turn, [DELIVERED]);
      expect(await recordOf(one, 'one')).toMatchObject({ state: 'delivered', attempts: 1 });
      await expect(settle(one, lost)).rejects.toThrow(LeaseLost);
      expect(await recordOf(one, 'one')).toMatchObject({ state: 'delivered', attempts: 1 });
    });

    it('that has expired is still good while nobody has taken it over', async () => {
      await one.accept([track('one')]);
      const late = await leaseTurn(one);
      await expireLeases();
      await settle(one, late);
      expect(await recordOf(one, 'one')).toMatchObject({ state: 'delivered' });
    });

    it('that has expired is not taken over by the replica that still has it in flight', async () => {
      await one.accept([track('one')]);
      const late = await leaseTurn(one);
      await expireLeases();
      expect((await lease(one)).kind).toBe('idle');
      await settle(one, late);
      expect(await recordOf(one, 'one')).toMatchObject({ state: 'delivered', attempts: 1 });
    });

    it('lasts for as long as its replica lives', async () => {
      const lively = await replicas.open({ leaseMs: 400 });
      await one.accept([track('one')]);
      await leaseTurn(lively);
      const [first = 0] = await expiryOfLeases();
      let [last = 0] = [first];
      while (last < first + 400) [last = 0] = await expiryOfLeases();
      expect((await lease(one)).kind).toBe('idle');
    });

    it('is given back by a replica that stops', async () => {
      await one.accept([track('one')]);
      await leaseTurn(other);
      await replicas.close(other);
      expect(messageIdsOf(await leaseTurn(one))).toEqual(['one']);
    });
  });

  describe('a turn that is over for its replica', () => {
    it('gets no place for a further request', async () => {
      await one.accept([track('one')]);
      const turn = await leaseTurn(one);
      await expireLeases();
      await leaseTurn(other);
      await expect(one.reserve(turn, LARGE_BUDGET, NOW)).rejects.toThrow(LeaseLost);
      expect(await one.budgetUse(LARGE_BUDGET, NOW)).toMatchObject({ used: 2 });
    });

    it('is so before others may have it', async () => {
      const hasty = await replicas.open({ leaseMs: 4_000 });
      await hasty.accept([track('one')]);
      const turn = await leaseTurn(hasty);
      expect(turn.usableUntil).toBe(NOW + 2_000);
      expect(await hasty.reserve(turn, LARGE_BUDGET, NOW)).toMatchObject({ usableUntil: NOW + 2_000 });
    });
  });
});
