import type { NewEvent } from '../port/outbox.port';
import { lease, turnOf } from '../../../test/outbox-suite/attempt';
import { DAY, HERE, identify, NOW, trackOf } from '../../../test/outbox-suite/sample-events';
import { describeOnPostgres } from '../../../test/postgres/describe-on-postgres';
import { useReplicas } from '../../../test/postgres/use-replicas';
import { acceptEvents } from '../accepting/accept-events';
import { countedWrite } from '../counting/counted-write';
import type { PostgresOutbox } from './postgres-outbox';

const VISITORS = Array.from({ length: 20 }, (_, index) => `visitor-${index}`);
const EACH = ['first', 'second'];

describeOnPostgres('what replicas hold', (createSchema) => {
  const replicas = useReplicas(createSchema);
  let one: PostgresOutbox;
  let other: PostgresOutbox;
  beforeEach(async () => {
    ({ one, other } = replicas);
    const held = VISITORS.flatMap((anonymousId) =>
      EACH.map((which) => trackOf('', `${which} of ${anonymousId}`, { fate: { anonymousId } })),
    );
    await one.accept(held);
  });

  /** A user signs in as each of the visitors, one after the other. */
  const signIns = (user: string, visitors: readonly string[]): readonly NewEvent[] =>
    visitors.map((anonymousId) => {
      const userId = `${user} as ${anonymousId}`;
      const fate = { lane: userId, createsUser: true, deletesUser: false, otherUser: null };
      return identify(userId, { fate, claim: { anonymousId, userId } });
    });
  const signIn = (outbox: PostgresOutbox, user: string, visitors: readonly string[]) =>
    Promise.all(signIns(user, visitors).map((event) => outbox.accept([event])));
  /** How many events of visitors went to a user, by what is in the users' lanes. */
  async function countClaimed(): Promise<ReadonlyMap<string, number>> {
    const leased = await lease(one, { most: 100, bytes: 1e9 });
    const turns = leased.kind === 'turns' ? leased.turns : [turnOf(leased)].flatMap((turn) => turn ?? []);
    const counts = new Map<string, number>();
    for (const { events } of turns) {
      for (const { lane, claimedAt } of events) if (claimedAt !== null) counts.set(lane, (counts.get(lane) ?? 0) + 1);
    }
    return counts;
  }

  it('goes to one user, whole, though another one signs in elsewhere at the same time', async () => {
    await Promise.all([signIn(one, 'anna', VISITORS), signIn(other, 'bert', [...VISITORS].reverse())]);
    const counts = await countClaimed();
    expect([...counts.values()]).toEqual(VISITORS.map(() => EACH.length));
    const visitorOf = (userId: string): string => userId.replace(/^\w+ as /, '');
    expect([...counts.keys()].map(visitorOf).sort()).toEqual([...VISITORS].sort());
    expect(await other.countHeld()).toEqual(new Map());
  });

  it('is nobody else’s while it is being claimed', async () => {
    let second: Promise<unknown> | undefined;
    await countedWrite(replicas.db, async (tx) => {
      await acceptEvents(tx, signIns('anna', VISITORS));
      second = signIn(other, 'bert', VISITORS);
      expect(await one.endHeld({ before: NOW + DAY, most: 1, now: NOW, limit: 100 })).toEqual([]);
    });
    await second;
    expect([...(await countClaimed()).keys()].sort()).toEqual(VISITORS.map((name) => `anna as ${name}`).sort());
  });

  it('ends or is claimed, but not both', async () => {
    const ending = Promise.all(VISITORS.map(() => one.endHeld({ before: NOW + DAY, most: 100, now: NOW, limit: 1 })));
    await Promise.all([ending, signIn(other, 'bert', VISITORS)]);
    const ended = (await ending).flat().reduce((sum, { count }) => sum + count, 0);
    const claimed = [...(await countClaimed()).values()].reduce((sum, count) => sum + count, 0);
    expect(ended + claimed).toBe(VISITORS.length * EACH.length);
    expect((await one.listEvents({ state: 'unsupported', destination: HERE, limit: 100 })).length).toBe(ended);
  });
});
