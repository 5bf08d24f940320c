import type { TrackCall, TrackedUsers } from '../../src/outbox/port/usage';
import { attempt, leaseTurn, settle } from './attempt';
import type { OutboxUnderTest } from './outbox-under-test';
import { DAY, DELIVERED, HERE, NOW, refused, THERE, trackOf } from './sample-events';
import { sentFor } from './using';

const MONTH = 202601;

export function describeMonthlyLimit({ outbox, reopen }: OutboxUnderTest): void {
  describe('the limit of a month', () => {
    const take = (users: readonly string[], fields: Partial<TrackCall> = {}): Promise<TrackedUsers> =>
      outbox().trackUsers({ environment: HERE, users, at: NOW, limit: 2, ...fields });
    const count = async (): Promise<number> => {
      const { months } = await outbox().usage({ environment: HERE, destinations: [HERE], month: MONTH });
      return months.find(({ month }) => month === MONTH)?.trackedUsers ?? 0;
    };

    it('gives places to as many users as there are, the first ones first', async () => {
      expect(await take(['dora', 'anna', 'bert', 'cleo'])).toEqual({ had: [], taken: ['dora', 'anna'] });
      expect(await take(['dora', 'bert', 'anna'])).toEqual({
        had: expect.arrayContaining(['anna', 'dora']),
        taken: [],
      });
      expect(await count()).toBe(2);
    });

    it('is never passed, however many ask at the same time', async () => {
      const users = Array.from({ length: 40 }, (_, index) => `user ${index}`);
      const all = await Promise.all(users.map((userId) => take([userId], { limit: 7 })));
      expect(all.flatMap(({ taken }) => taken)).toHaveLength(7);
      expect(all.flatMap(({ had }) => had)).toEqual([]);
      expect(await count()).toBe(7);
    });

    it('is that of each month and environment', async () => {
      await take(['anna', 'bert']);
      expect(await take(['cleo'], { environment: 'elsewhere' })).toEqual({ had: [], taken: ['cleo'] });
      expect(await take(['cleo', 'anna'], { at: NOW + 31 * DAY })).toEqual({ had: [], taken: ['cleo', 'anna'] });
      // Who has a place in a later month has one in those before.
      expect((await take(['cleo'])).had).toEqual(['cleo']);
      expect(await count()).toBe(2);
    });

    it('can be raised', async () => {
      await take(['anna', 'bert']);
      expect(await take(['cleo', 'anna'], { limit: 3 })).toEqual({ had: ['anna'], taken: ['cleo'] });
    });

    it('counts who was sent something without a place', async () => {
      await outbox().accept([trackOf('anna', 'one')]);
      const turn = await leaseTurn(outbox());
      await settle(outbox(), turn, [DELIVERED], { requests: [sentFor(turn, 'anna')] });
      expect(await take(['anna', 'bert', 'cleo'])).toEqual({ had: ['anna'], taken: ['bert'] });
    });

    it('holds after a restart, also what was taken for a request that nobody knows the end of', async () => {
      await outbox().accept([trackOf('anna', 'one')]);
      await leaseTurn(outbox());
      await take(['anna', 'bert']);
      await reopen();
      expect(await take(['anna', 'cleo'])).toEqual({ had: ['anna'], taken: [] });
      expect((await leaseTurn(outbox())).lanes).toMatchObject([{ lane: 'anna', tracked: MONTH }]);
    });

    it('has places again that were taken for nothing', async () => {
      await take(['anna', 'bert']);
      await outbox().accept([trackOf('anna', 'one')]);
      const givenBack = [{ userId: 'anna', at: NOW }];
      await attempt(outbox(), [refused('no')], { givenBack });
      expect(await count()).toBe(1);
      expect(await take(['cleo', 'anna'])).toEqual({ had: [], taken: ['cleo'] });
    });

    it('keeps the place of a user who is erased for nobody else', async () => {
      await outbox().accept([trackOf('bert', 'one')]);
      await take(['anna', 'bert']);
      await outbox().eraseUser({ userId: 'anna', now: NOW, limit: 10 });
      expect(await take(['cleo', 'anna'])).toEqual({ had: [], taken: [] });
      const givenBack = [{ userId: 'anna', at: NOW }];
      await attempt(outbox(), [refused('no')], { givenBack });
      expect(await count()).toBe(2);
    });

    it.each(['in flight', 'delivered'])(
      'keeps a place that was taken for nothing where what another destination has of the user is %s',
      async (state) => {
        const shared = { environment: 'shared' };
        await outbox().useEnvironments([HERE, THERE].map((destination) => ({ destination, ...shared })));
        await outbox().accept([trackOf('anna', 'one'), trackOf('anna', 'two', { destination: THERE })]);
        const refusing = await leaseTurn(outbox(), shared);
        await take(['anna'], shared);
        const other = await leaseTurn(outbox(), { ...shared, destination: THERE });
        const giveBack = () =>
          settle(outbox(), refusing, [refused('no')], { ...shared, givenBack: [{ userId: 'anna', at: NOW }] });
        const tell = () => settle(outbox(), other, [DELIVERED], { ...shared, requests: [sentFor(other, 'anna')] });
        for (const end of state === 'delivered' ? [tell, giveBack] : [giveBack, tell]) await end();
        expect(await take(['bert', 'cleo'], shared)).toEqual({ had: [], taken: ['bert'] });
      },
    );

    it('leaves no mark of a user who was erased before the place was taken', async () => {
      await outbox().accept([trackOf('anna', 'one')]);
      const turn = await leaseTurn(outbox());
      await outbox().eraseUser({ userId: 'anna', now: NOW, limit: 10 });
      await take(['anna']);
      const request = sentFor(turn, 'anna');
      const requests = [{ ...request, ...(request.told ? { told: { ...request.told, isTracked: true } } : {}) }];
      await settle(outbox(), turn, [DELIVERED], { requests });
      expect(await count()).toBe(1);
      await outbox().accept([trackOf('anna', 'two')]);
      expect((await leaseTurn(outbox())).lanes).toMatchObject([{ lane: 'anna', tracked: null }]);
      const { topUsers } = await outbox().usage({ environment: HERE, destinations: [HERE], month: MONTH });
      expect(topUsers).toEqual([]);
    });
  });
}
