import { sql } from 'kysely';
import { Client } from 'pg';
import {
  attempt,
  lanesOf,
  LARGE_BUDGET,
  lease,
  leaseTurn,
  messageIdsOf,
  settle,
  settlementOf,
  turnOf,
} from '../../../test/outbox-suite/attempt';
import {
  AT_ONCE,
  DAY,
  deleteOf,
  DELIVERED,
  HERE,
  NOW,
  retry,
  settled,
  THERE,
  track,
  trackOf,
} from '../../../test/outbox-suite/sample-events';
import { describeOnPostgres } from '../../../test/postgres/describe-on-postgres';
import { areWaiting } from '../../../test/postgres/are-waiting';
import { useReplicas } from '../../../test/postgres/use-replicas';
import { acceptEvents } from '../accepting/accept-events';
import { countedWrite } from '../counting/counted-write';
import { BacklogFull, LeaseLost } from '../port/outbox.port';
import { schemaOf } from './one-schema-dialect';
import type { PostgresOutbox } from './postgres-outbox';

describeOnPostgres('outboxes of several replicas on one database', (createSchema) => {
  const replicas = useReplicas(createSchema);
  let one: PostgresOutbox;
  let other: PostgresOutbox;
  beforeEach(() => ({ one, other } = replicas));

  describe('lanes', () => {
    it('are in flight once, however many ask at the same time', async () => {
      const users = Array.from({ length: 30 }, (_, index) => `user ${index}`);
      await one.accept(users.map((user) => trackOf(user, `of ${user}`)));
      const leased = await Promise.all(users.flatMap(() => [lease(one), lease(other)]));
      const given = leased.flatMap((each) => turnOf(each) ?? []).flatMap(lanesOf);
      expect(given.sort()).toEqual(users.sort());
    });

    it('go to either, what came to them at either included', async () => {
      await one.accept([track('one')]);
      const turn = await leaseTurn(one);
      await other.accept([track('two')]);
      expect((await lease(other)).kind).toBe('idle');
      await settle(one, turn, [retry('rate_limited')], { next: AT_ONCE });
      expect(messageIdsOf(await leaseTurn(other))).toEqual(['one', 'two']);
    });

    it('lose nothing that comes while they are emptied', async () => {
      const ids = Array.from({ length: 150 }, (_, index) => `message ${index}`);
      let isAccepting = true;
      const accepting = Promise.all(
        [one, other].map(async (outbox, replica) => {
          for (const [index, id] of ids.entries()) {
            if (index % 2 === replica) await outbox.accept([trackOf(`user ${index % 3}`, id)]);
          }
        }),
      ).finally(() => (isAccepting = false));
      const delivered: string[] = [];
      const delivering = [one, other].map(async (outbox) => {
        for (;;) {
          const isLast = !isAccepting;
          const leased = await lease(outbox);
          const turn = turnOf(leased);
          if (turn) {
            delivered.push(...messageIdsOf(turn));
            await settle(outbox, turn);
          } else if (isLast) return;
        }
      });
      await Promise.all([accepting, ...delivering]);
      expect([...delivered].sort()).toEqual([...ids].sort());
      expect(await one.countPending(HERE)).toBe(0);
      expect((await one.listEvents({ state: 'delivered', limit: 1_000 })).length).toBe(ids.length);
    }, 120_000);
  });

  it('keep a lane to which something comes while it is emptied', async () => {
    await one.accept([track('one')]);
    const turn = await leaseTurn(one);
    let settling: Promise<void> | undefined;
    await countedWrite(replicas.db, async (tx) => {
      await acceptEvents(tx, [track('two')]);
      settling = settle(one, turn);
      await areWaiting(tx, 1);
    });
    await settling;
    expect(messageIdsOf(await leaseTurn(other))).toEqual(['two']);
  });

  it('end an event where it is that is moved to where the same one comes meanwhile', async () => {
    await one.accept([track('one', { destination: THERE })]);
    const [waiting] = await one.loadWaiting(THERE, undefined, 1);
    const fate = { lane: 'anna', createsUser: false, deletesUser: false, otherUser: null };
    const call = { from: THERE, to: HERE, events: [{ id: waiting?.id ?? 0, fate }], now: NOW };
    let moving: Promise<number> | undefined;
    await countedWrite(replicas.db, async (tx) => {
      await acceptEvents(tx, [track('one')]);
      moving = one.moveWaiting(call);
      await areWaiting(tx, 1);
    });
    expect(await moving).toBe(1);
    expect(await one.countPending(THERE)).toBe(0);
    expect(await one.countPending(HERE)).toBe(1);
  });

  it('let an event end once, though one erases it while the other settles it', async () => {
    await one.accept([track('one')]);
    const turn = await leaseTurn(one);
    let ending: Promise<unknown> | undefined;
    await replicas.db.transaction().execute(async (tx) => {
      await tx.selectFrom('events').select('id').forUpdate().execute();
      const settling = settle(one, turn);
      await areWaiting(tx, 1);
      ending = Promise.all([settling, other.eraseUser({ userId: 'anna', now: NOW, limit: 10 })]);
      await areWaiting(tx, 2);
    });
    await ending;
    expect(await one.countPending(HERE)).toBe(0);
    expect((await one.overview(NOW)).minutes.at(-1)).toMatchObject({ accepted: 1, delivered: 1, filtered: 0 });
  });

  describe('a settlement whose commit nobody heard of', () => {
    const { query } = Client.prototype as unknown as { query: (...args: readonly unknown[]) => Promise<unknown> };

    /** The connection breaks as the next commit is answered, or before it is made. */
    function breakCommit(isMade: boolean): void {
      jest.spyOn(Client.prototype, 'query').mockImplementation(async function (this: Client, ...args: unknown[]) {
        if (args[0] !== 'commit') return query.apply(this, args);
        jest.restoreAllMocks();
        if (isMade) await query.apply(this, args);
        else await query.call(this, 'rollback');
        throw Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
      } as never);
    }

    it('is kept once, and not lost to others, when it is tried again', async () => {
      await one.accept([track('one')]);
      const turn = await leaseTurn(one);
      breakCommit(true);
      await expect(settle(one, turn)).rejects.toThrow('ECONNRESET');
      await settle(one, turn);
      expect((await one.overview(NOW)).minutes.at(-1)).toMatchObject({ delivered: 1 });
    });

    it('is lost to others that have taken over what was in flight meanwhile', async () => {
      await one.accept([track('one')]);
      const turn = await leaseTurn(one);
      breakCommit(false);
      await expect(settle(one, turn)).rejects.toThrow('ECONNRESET');
      await sql`UPDATE leases SET expires_at = 0`.execute(replicas.db);
      await settle(other, await leaseTurn(other));
      await expect(settle(one, turn)).rejects.toThrow(LeaseLost);
    });

    it('is lost for one of several turns alone, and kept of the others', async () => {
      await one.accept([track('one'), trackOf('bert', 'two'), trackOf('cleo', 'three')]);
      const turns = [await leaseTurn(one), await leaseTurn(one), await leaseTurn(one)];
      await sql`UPDATE leases SET expires_at = 0 WHERE turn = ${turns[1]?.id}`.execute(replicas.db);
      const taken = await leaseTurn(other);
      expect(lanesOf(taken)).toEqual(['bert']);
      expect(await one.settle(turns.map((turn) => settlementOf(turn, [DELIVERED])))).toEqual([turns[1]?.id]);
      expect((await one.listEvents({ state: 'delivered', limit: 10 })).map(({ messageId }) => messageId)).toEqual([
        'three',
        'one',
      ]);
      await settle(other, taken);
    });
  });

  it('keep house one at a time', async () => {
    expect(await one.keepsHouse()).toBe(true);
    expect(await other.keepsHouse()).toBe(false);
    expect(await one.keepsHouse()).toBe(true);
    await sql`UPDATE housekeeping SET expires_at = 0`.execute(replicas.db);
    expect(await other.keepsHouse()).toBe(true);
    expect(await one.keepsHouse()).toBe(false);
    await replicas.close(other);
    expect(await one.keepsHouse()).toBe(true);
  });

  it('keep an event once that both are handed', async () => {
    const events = ['one', 'two', 'three'].map((id) => track(id));
    await Promise.all([one.accept(events), other.accept([...events].reverse())]);
    expect(await one.countPending(HERE)).toBe(3);
    expect(await attempt(other, [DELIVERED]).then(messageIdsOf)).toHaveLength(3);
  });

  it('share the backlog limit', async () => {
    const small = await replicas.open({ backlogLimit: 2 });
    await one.accept([track('one'), track('two')]);
    await expect(small.accept([track('three')])).rejects.toThrow(BacklogFull);
  });

  it('count once what both would remove', async () => {
    await one.accept(Array.from({ length: 20 }, (_, index) => settled(`message ${index}`, 'rejected')));
    const periods = { retentionMs: DAY, deadLetterRetentionMs: DAY, deduplicationMs: DAY };
    const call = { now: NOW + 3 * DAY, limit: 10, ...periods };
    const removed = await Promise.all([one.prune(call), other.prune(call), one.prune(call), other.prune(call)]);
    expect(removed.sort()).toEqual([0, 0, 10, 10]);
    expect((await one.overview(NOW)).deadLetters).toBe(0);
  });

  it('remove what is old while others change what waits', async () => {
    await one.accept([settled('one', 'filtered'), track('two')]);
    const periods = { retentionMs: DAY, deadLetterRetentionMs: DAY, deduplicationMs: DAY };
    await replicas.db.transaction().execute(async (tx) => {
      // As each lease and each settlement does.
      await sql`SELECT pg_advisory_xact_lock_shared(hashtextextended(${schemaOf(tx)}::text, 0))`.execute(tx);
      await tx.selectFrom('events').select('id').where('state', '=', 'pending').forUpdate().execute();
      expect(await other.prune({ now: NOW + 3 * DAY, limit: 10, ...periods })).toBe(1);
    });
  });

  describe('a budget', () => {
    it('has as many places for all together as for one', async () => {
      const budget = { id: 'shared', requests: 40, windowMs: 60_000 };
      const placesOf = async (outboxes: readonly PostgresOutbox[], id: string) => {
        await outboxes[0]?.accept([trackOf(id, id)]);
        const turn = await leaseTurn(outboxes[0] as PostgresOutbox);
        const asked = Array.from({ length: 60 / outboxes.length }, () => outboxes).flat();
        const reserved = await Promise.all(asked.map((outbox) => outbox.reserve(turn, { ...budget, id }, NOW)));
        return reserved.filter(({ kind }) => kind === 'places').length;
      };
      const alone = await placesOf([one], 'alone');
      expect(await placesOf([one, other], 'shared')).toBe(alone);
      expect(await other.budgetUse(budget, NOW)).toMatchObject({ used: alone });
    });

    it('lets turns end side by side, whoever removes its old places', async () => {
      await one.accept([track('one')]);
      const turn = await leaseTurn(one);
      await sql`INSERT INTO budget_places (budget, free_at) VALUES (${LARGE_BUDGET.id}, 0)`.execute(replicas.db);
      await replicas.db.transaction().execute(async (tx) => {
        await tx.deleteFrom('budget_places').where('free_at', '=', 0).execute();
        await settle(other, turn);
      });
      expect(await one.countPending(HERE)).toBe(0);
    });

    it('is blocked for all', async () => {
      await one.accept([track('one')]);
      await one.block(LARGE_BUDGET, NOW + 5_000);
      expect(await lease(other)).toEqual({ kind: 'wait', until: NOW + 5_000 });
    });
  });

  describe('a destination', () => {
    const PAUSE = { reason: 'unauthorized', pausedAt: NOW, probes: 0, probeAt: NOW } as const;
    const probe = { due: NOW, next: NOW + 60_000 };

    it('is probed by one of them', async () => {
      await one.savePause(HERE, PAUSE, NOW);
      await one.accept([track('one'), trackOf('bert', 'two')]);
      const leased = await Promise.all([lease(one, { probe }), lease(other, { probe })]);
      expect(leased.map(({ kind }) => kind).sort()).toEqual(['probed', 'turns']);
      expect((await other.loadPauses()).get(HERE)).toEqual({ ...PAUSE, probeAt: NOW + 60_000 });
    });

    it('is not taken to be probed where there is nothing to send', async () => {
      await one.savePause(HERE, PAUSE, NOW);
      expect((await lease(one, { probe })).kind).toBe('idle');
      expect((await other.loadPauses()).get(HERE)).toEqual(PAUSE);
    });

    it('has one purge in flight for all of them', async () => {
      await one.accept([deleteOf('anna', 'one'), deleteOf('bert', 'two')]);
      const purge = await leaseTurn(one);
      await other.accept([deleteOf('cleo', 'three')]);
      expect((await lease(other)).kind).toBe('idle');
      await settle(one, purge);
      expect(lanesOf(await leaseTurn(other))).toEqual(['cleo']);
    });
  });
});
