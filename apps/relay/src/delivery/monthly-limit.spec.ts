import { Engine } from '../../test/engine';
import { replyWith } from '../../test/stub-client';
import { MonthlyLimit } from './monthly-limit';

const [JANUARY, FEBRUARY] = [202601, 202602];
const UNTIL_LAST_MINUTE = 31 * 24 * 60 * 60_000 - 60_000;

describe(MonthlyLimit.name, () => {
  let engine: Engine;
  afterEach(() => engine.close());

  const open = async (monthlyUsers?: number, rateLimit?: string): Promise<void> => {
    engine = await Engine.open(rateLimit, undefined, { monthlyUsers });
  };
  const usersSent = (): readonly (string | undefined)[] => [...new Set(engine.client.sent.map(({ userId }) => userId))];
  const countUsers = async (month: number): Promise<number> => {
    const { budget, name } = engine.destination;
    const { months } = await engine.outbox.usage({ environment: budget.id, destinations: [name], month });
    return months.find((one) => one.month === month)?.trackedUsers ?? 0;
  };
  const endedBy = async (reason: string): Promise<readonly (string | null)[]> =>
    (await engine.outbox.listEvents({ reason, limit: 100 })).map(({ userId }) => userId).reverse();

  it('lets so many users go, and makes dead letters of what is sent for others', async () => {
    await open(2);
    await engine.identify('user-0', 'user-1', 'user-2', 'user-3');
    await engine.track('user-3');
    await engine.allDelivered();
    await engine.track('user-0', 'user-1');
    await engine.allDelivered();
    expect(usersSent()).toEqual(['user-0', 'user-1']);
    expect(engine.client.sent).toHaveLength(4);
    expect(await endedBy('monthly_limit')).toEqual(['user-2', 'user-3', 'user-3']);
    expect(await countUsers(JANUARY)).toBe(2);
  });

  it('takes no place in the rate budget for what is over it', async () => {
    await open(1, '10/300s');
    await engine.identify('user-0', 'user-1', 'user-2', 'user-3', 'user-4', 'user-5', 'user-6');
    await engine.allDelivered();
    expect((await engine.outbox.budgetUse(engine.destination.budget, engine.clock.budgetNow())).used).toBe(1);
  });

  it('lets Deletes go, and a user who was erased is a new one', async () => {
    await open(1);
    await engine.identify('user-0');
    await engine.allDelivered();
    await engine.delete('user-0', 'user-1');
    await engine.allDelivered();
    expect(engine.client.sent.map(({ kind }) => kind)).toEqual(['upsert', 'purge', 'purge']);
    await engine.identify('user-0');
    await engine.allDelivered();
    expect(await endedBy('monthly_limit')).toEqual(['user-0']);
  });

  it('gives the place of a user to another whom UserLeap has refused, but not while it may have taken it', async () => {
    await open(1);
    engine.client.reply = replyWith(400);
    await engine.identify('user-0');
    await engine.allDelivered();
    expect(await countUsers(JANUARY)).toBe(0);
    engine.client.reply = { failure: 'timeout' };
    await engine.identify('user-1');
    await engine.idle();
    await engine.identify('user-2');
    await engine.clock.until(async () => (await endedBy('monthly_limit')).length > 0);
    engine.client.reply = replyWith(202);
    await engine.allDelivered();
    expect(await endedBy('monthly_limit')).toEqual(['user-2']);
    expect(await countUsers(JANUARY)).toBe(1);
  });

  it.each([[undefined], [2]])(
    'is of the month in which something is sent, where it turns meanwhile (%p)',
    async (limit) => {
      await open(limit, '2/60s');
      engine.clock.set(UNTIL_LAST_MINUTE);
      await engine.identify('user-0', 'user-1', 'user-2', 'user-3', 'user-4');
      await engine.allDelivered();
      const sentIn = (month: number): number =>
        engine.client.sent.filter(({ sentAt }) => new Date(sentAt).getUTCMonth() + 1 === month).length;
      expect(sentIn(1)).toBeGreaterThan(0);
      expect(await countUsers(JANUARY)).toBe(sentIn(1));
      expect(await countUsers(FEBRUARY)).toBe(sentIn(2));
      expect(sentIn(1) + sentIn(2)).toBe(limit === undefined ? 5 : sentIn(1) + limit);
    },
  );
});
