import { sql } from 'kysely';
import {
  attempt,
  lanesOf,
  LARGE_BUDGET,
  lease,
  leaseTurn,
  messageIdsOf,
  settle,
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
  track,
  trackOf,
} from '../../../test/outbox-suite/sample-events';
import { describeOnPostgres } from '../../../test/postgres/describe-on-postgres';
import type { OwnSchema } from '../../../test/postgres/describe-on-postgres';
import { acceptEvents } from '../accepting/accept-events';
import { countedWrite } from '../counting/counted-write';
import type { Db, Tx } from '../schema/outbox-schema';
import { connectPostgres, openPostgres } from './open-postgres';
import { BacklogFull, LeaseLost } from '../port/outbox.port';
import { PostgresOutbox } from './postgres-outbox';

const LIMITS = { backlogLimit: 1_000_000, leaseMs: 30_000 };

describeOnPostgres('outboxes of several replicas on one database', (createSchema) => {
  let schema: OwnSchema;
  let db: Db;
  let opened: PostgresOutbox[];
  let one: PostgresOutbox;
  let other: PostgresOutbox;
  const open = async (limits: Partial<typeof LIMITS> = {}) => {
    const outbox = await PostgresOutbox.create(await connectPostgres(schema.store), {
      ...LIMITS,
      circle: { schema: schema.name, sender: `replica ${opened.length}` },
      ...limits,
    });
    opened.push(outbox);
    return outbox;
  };
  beforeAll(async () => {
    schema = await createSchema();
    db = await openPostgres(schema.store);
  });
  afterAll(async () => {
    await db.destroy();
    await schema.remove();
  });
  beforeEach(async () => {
    opened = [];
    one = await open();
    other = await open();
  });
  afterEach(async () => {
    for (const outbox of opened) await outbox.close();
    await schema.empty();
  });

  const record = async (messageId: string) => (await one.listEvents({ messageId, limit: 1 }))[0];
  const expireLeases = () => sql`UPDATE leases SET expires_at = 0`.execute(db);
  const expiryOfLeases = async () =>
    (await sql<{ expires_at: number }>`SELECT expires_at FROM leases`.execute(db)).rows.map((row) => row.expires_at);

  /** Resolves once so many wait for what the transaction holds, or for those that do. */
  async function areWaiting(tx: Tx, count: number): Promise<void> {
    const waiting = sql<{ count: number }>`
      WITH RECURSIVE line (pid) AS (
        SELECT pg_backend_pid()
        UNION SELECT behind.pid FROM pg_locks AS behind, line
        WHERE NOT behind.granted AND line.pid = ANY (pg_blocking_pids(behind.pid))
      ) SELECT count(*) - 1 AS count FROM line`;
    while ((await waiting.execute(tx)).rows[0]?.count !== count);
  }

  describe('lanes', () => {
    it('are in flight once, however many ask at the same time', async () => {
      const users = Array.from({ length: 30 }, (_, index) => `user ${index}`);
      await one.accept(users.map((user) => trackOf(user, `of ${user}`)));
      const leased = await Promise.all(users.flatMap(() => [lease(one), lease(other)]));
      const given = leased.flatMap((each) => (each.kind === 'turn' ? lanesOf(each.turn) : []));
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
          if (leased.kind === 'turn') {
            delivered.push(...messageIdsOf(leased.turn));
            await settle(outbox, leased.turn);
          } else if (isLast) return;
        }
      });
      await Promise.all([accepting, ...delivering]);
      expect([...delivered].sort()).toEqual([...ids].sort());
      expect(await one.countPending(HERE)).toBe(0);
      expect((await one.listEvents({ state: 'delivered', limit: 1_000 })).length).toBe(ids.length);
    }, 30_000);
  });

  it('keep a lane to which something comes while it is emptied', async () => {
    await one.accept([track('one')]);
    const turn = await leaseTurn(one);
    let settling: Promise<void> | undefined;
    await countedWrite(db, async (tx) => {
      await acceptEvents(tx, [track('two')]);
      settling = settle(one, turn);
      await areWaiting(tx, 1);
    });
    await settling;
    expect(messageIdsOf(await leaseTurn(other))).toEqual(['two']);
  });

  it('let an event end once, though one erases it while the other settles it', async () => {
    await one.accept([track('one')]);
    const turn = await leaseTurn(one);
    let ending: Promise<unknown> | undefined;
    await db.transaction().execute(async (tx) => {
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

  describe('a lease', () => {
    it('is taken over once it has expired', async () => {
      await one.accept([track('one')]);
      await leaseTurn(one);
      await expireLeases();
      expect(messageIdsOf(await leaseTurn(other))).toEqual(['one']);
      expect((await lease(one)).kind).toBe('idle');
    });

    it('that was lost tells nothing any more of what became of the events', async () => {
      await one.accept([track('one')]);
      const lost = await leaseTurn(one);
      await expireLeases();
      const turn = await leaseTurn(other);
      await expect(settle(one, lost, [retry('server_error')])).rejects.toThrow(LeaseLost);
      expect(await record('one')).toMatchObject({ state: 'pending', attempts: 0 });
      await settle(other, turn, [DELIVERED]);
      expect(await record('one')).toMatchObject({ state: 'delivered', attempts: 1 });
      await expect(settle(one, lost)).rejects.toThrow(LeaseLost);
      expect(await record('one')).toMatchObject({ state: 'delivered', attempts: 1 });
    });

    it('that has expired is still good while nobody has taken it over', async () => {
      await one.accept([track('one')]);
      const late = await leaseTurn(one);
      await expireLeases();
      await settle(one, late);
      expect(await record('one')).toMatchObject({ state: 'delivered' });
    });

    it('that has expired is not taken over by the replica that still has it in flight', async () => {
      await one.accept([track('one')]);
      const late = await leaseTurn(one);
      await expireLeases();
      expect((await lease(one)).kind).toBe('idle');
      await settle(one, late);
      expect(await record('one')).toMatchObject({ state: 'delivered', attempts: 1 });
    });

    it('lasts for as long as its replica lives', async () => {
      const lively = await open({ leaseMs: 400 });
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
      await other.close();
      opened = opened.filter((outbox) => outbox !== other);
      expect(messageIdsOf(await leaseTurn(one))).toEqual(['one']);
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
        return reserved.filter(({ kind }) => kind === 'place').length;
      };
      const alone = await placesOf([one], 'alone');
      expect(await placesOf([one, other], 'shared')).toBe(alone);
      expect(await other.budgetUse(budget, NOW)).toMatchObject({ used: alone });
    });

    it('is blocked for all', async () => {
      await one.accept([track('one')]);
      await one.block(LARGE_BUDGET, NOW + 5_000);
      expect(await lease(other)).toEqual({ kind: 'wait', until: NOW + 5_000 });
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
      const hasty = await open({ leaseMs: 4_000 });
      await hasty.accept([track('one')]);
      const turn = await leaseTurn(hasty);
      expect(turn.usableUntil).toBe(NOW + 2_000);
      expect(await hasty.reserve(turn, LARGE_BUDGET, NOW)).toMatchObject({ usableUntil: NOW + 2_000 });
    });
  });

  describe('a destination', () => {
    const PAUSE = { reason: 'unauthorized', pausedAt: NOW, probes: 0, probeAt: NOW } as const;
    const probe = { due: NOW, next: NOW + 60_000 };

    it('is probed by one of them', async () => {
      await one.savePause(HERE, PAUSE);
      await one.accept([track('one'), trackOf('bert', 'two')]);
      const leased = await Promise.all([lease(one, { probe }), lease(other, { probe })]);
      expect(leased.map(({ kind }) => kind).sort()).toEqual(['probed', 'turn']);
      expect((await other.loadPauses()).get(HERE)).toEqual({ ...PAUSE, probeAt: NOW + 60_000 });
    });

    it('is not taken to be probed where there is nothing to send', async () => {
      await one.savePause(HERE, PAUSE);
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

  it('keep house one at a time', async () => {
    expect(await one.keepsHouse()).toBe(true);
    expect(await other.keepsHouse()).toBe(false);
    expect(await one.keepsHouse()).toBe(true);
    await sql`UPDATE housekeeping SET expires_at = 0`.execute(db);
    expect(await other.keepsHouse()).toBe(true);
    expect(await one.keepsHouse()).toBe(false);
    await other.close();
    opened = opened.filter((outbox) => outbox !== other);
    expect(await one.keepsHouse()).toBe(true);
  });

  it('keep an event once that both are handed', async () => {
    const events = ['one', 'two', 'three'].map((id) => track(id));
    await Promise.all([one.accept(events), other.accept([...events].reverse())]);
    expect(await one.countPending(HERE)).toBe(3);
    expect(await attempt(other, [DELIVERED]).then(messageIdsOf)).toHaveLength(3);
  });

  it('share the backlog limit', async () => {
    const small = await open({ backlogLimit: 2 });
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
});
