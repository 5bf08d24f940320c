import type { LaneFilter } from '../../src/outbox/port/lane-record';
import { attempt, leaseTurn } from './attempt';
import type { OutboxUnderTest } from './outbox-under-test';
import { DELIVERED, LATER, NOW, PARKED, retry, SECOND, THERE, track, trackOf } from './sample-events';

export function describeListingLanes({ outbox }: OutboxUnderTest): void {
  describe('listLanes', () => {
    const at = (seconds: number) => ({ acceptedAt: NOW + seconds * SECOND });
    const list = (filter: Partial<LaneFilter> = {}) => outbox().listLanes({ now: NOW, limit: 10, ...filter });
    const names = async (filter: Partial<LaneFilter> = {}) =>
      (await list(filter)).map(({ destination, userId }) => `${userId} ${destination}`);

    it('gives each user who waits at a destination, the longest wait first', async () => {
      await outbox().accept([
        track('one', at(2)),
        track('two', at(3)),
        trackOf('bert', 'three', at(1)),
        track('four', { ...at(0), destination: THERE }),
      ]);
      expect(await names()).toEqual(['anna there', 'bert here', 'anna here']);
      expect(await names({ destination: 'here' })).toEqual(['bert here', 'anna here']);
      expect(await names({ userId: 'anna' })).toEqual(['anna there', 'anna here']);
      expect(await names({ userId: 'cleo' })).toEqual([]);
      expect((await list({ destination: 'here', userId: 'anna' }))[0]).toEqual({
        destination: 'here',
        userId: 'anna',
        pending: 2,
        priority: 'live',
        oldestAt: new Date(NOW + 2 * SECOND).toISOString(),
        dueAt: null,
        attempts: 0,
        reason: null,
        message: null,
        pause: null,
        waitsFor: 'budget',
        cursor: { at: NOW + 2 * SECOND, id: expect.any(Number) },
      });
    });

    it('gives them page by page, each once', async () => {
      const users = Array.from({ length: 7 }, (_, index) => `user ${index}`);
      await outbox().accept(
        users.map((user, index) => trackOf(user, user, index % 2 === 0 ? {} : { destination: THERE })),
      );
      const found: string[] = [];
      let page = await list({ limit: 2 });
      while (page.length > 0) {
        found.push(...page.map(({ userId }) => userId));
        const cursor = page.at(-1)?.cursor;
        page = await list({ limit: 2, ...(cursor ? { before: cursor } : {}) });
      }
      expect(found).toEqual(users);
    });

    it('says what each waits for', async () => {
      await outbox().accept([track('one'), trackOf('bert', 'two'), trackOf('cleo', 'three'), trackOf('dora', 'four')]);
      await attempt(outbox(), [retry('server_error')], { next: LATER });
      await attempt(outbox(), [retry('unknown_user')], { next: PARKED });
      await leaseTurn(outbox());
      const waits = async (now = NOW) =>
        (await list({ now })).map(({ userId, waitsFor, dueAt }) => [userId, waitsFor, dueAt]);
      const iso = (time: number | undefined) => new Date(time ?? 0).toISOString();
      expect(await waits()).toEqual([
        ['anna', 'retry', iso(LATER.dueAt)],
        ['bert', 'identify', iso(PARKED.dueAt)],
        ['cleo', 'answer', null],
        ['dora', 'budget', null],
      ]);
      expect((await waits(NOW + 5 * SECOND))[0]).toEqual(['anna', 'budget', null]);
      expect((await waits(NOW + 60 * SECOND))[1]).toEqual(['bert', 'budget', null]);
      await outbox().pauseByHand('here', NOW);
      expect((await waits()).map(([, waitsFor]) => waitsFor)).toEqual(['pause', 'identify', 'answer', 'pause']);
    });

    it('says why: what the last attempt came to, and who has paused the destination', async () => {
      await outbox().accept([track('one')]);
      await attempt(outbox(), [retry('server_error')], { next: LATER });
      expect(await list()).toMatchObject([{ reason: 'server_error', message: 'again: server_error', pause: null }]);
      const [pausedAt, probeAt] = [NOW + SECOND, NOW + 30 * SECOND];
      await outbox().savePause('here', { reason: 'unauthorized', pausedAt, probes: 1, probeAt }, NOW);
      const times = { pausedAt: new Date(pausedAt).toISOString(), nextProbeAt: new Date(probeAt).toISOString() };
      const byRelay = { pausedBy: 'relay', reason: 'unauthorized', ...times };
      expect(await list()).toMatchObject([{ waitsFor: 'pause', pause: byRelay }]);
      await outbox().pauseByHand('here', NOW);
      const byHand = { pausedBy: 'person', reason: null, pausedAt: new Date(NOW).toISOString(), nextProbeAt: null };
      expect(await list()).toMatchObject([{ waitsFor: 'pause', pause: byHand }]);
    });

    it('gives none in which nothing waits any more', async () => {
      await outbox().accept([track('one')]);
      await attempt(outbox(), [DELIVERED]);
      expect(await list()).toEqual([]);
    });
  });
}
