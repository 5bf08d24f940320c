import { attempt, leaseTurn, settle } from './attempt';
import type { OutboxUnderTest } from './outbox-under-test';
import {
  AT_ONCE,
  DAY,
  DELIVERED,
  deleteOf,
  HERE,
  NOW,
  refused,
  retry,
  SECOND,
  settled,
  THERE,
  track,
  trackOf,
} from './sample-events';

const MINUTE = 60 * SECOND;

export function describeCounting({ outbox, reopen }: OutboxUnderTest): void {
  describe('the overview', () => {
    const overview = (now = NOW) => outbox().overview(now);
    const flowOf = async (time: number, now = time) => {
      const { minutes } = await overview(now);
      return minutes.find(({ at }) => Date.parse(at) === time - (time % MINUTE));
    };
    const none = { accepted: 0, delivered: 0, filtered: 0, unsupported: 0, rejected: 0, requests: 0 };
    const unseen = { waiting: null, longestWaitSeconds: null };

    /** What is counted is what there is: lists find events by the kinds that are counted. */
    async function expectInStep(total: number): Promise<void> {
      expect(await outbox().listEvents({ limit: 100 })).toHaveLength(total);
      const { pending, deadLetters } = await overview();
      expect(await outbox().listEvents({ state: 'pending', limit: 100 })).toHaveLength(pending);
      expect((await outbox().countPending(HERE)) + (await outbox().countPending(THERE))).toBe(pending);
      expect(await outbox().loadDeadLetters({}, undefined, 100)).toHaveLength(deadLetters);
      expect(await outbox().countDeadLetters({})).toBe(deadLetters);
      expect((await outbox().groupDeadLetters()).reduce((sum, { count }) => sum + count, 0)).toBe(deadLetters);
    }

    it('is sixty minutes of nothing at first, oldest first', async () => {
      const { minutes, ...rest } = await overview(NOW + 90 * SECOND);
      expect(rest).toEqual({ pending: 0, held: 0, oldestPendingAt: null, deadLetters: 0 });
      const at = (index: number) => new Date(NOW + MINUTE - (59 - index) * MINUTE).toISOString();
      const idle = { waiting: 0, longestWaitSeconds: 0 };
      expect(minutes).toEqual(
        Array.from({ length: 60 }, (_, index) => ({ at: at(index), ...none, ...(index === 59 ? idle : unseen) })),
      );
    });

    it('counts what came, at all destinations, once', async () => {
      await outbox().accept([
        track('one'),
        settled('two', 'filtered'),
        settled('three', 'unsupported'),
        settled('four', 'rejected'),
      ]);
      await outbox().accept([track('one'), track('one', { destination: THERE, acceptedAt: NOW + 59 * SECOND })]);
      expect(await flowOf(NOW)).toMatchObject({ ...none, accepted: 5, filtered: 1, unsupported: 1, rejected: 1 });
      expect(await overview()).toMatchObject({
        pending: 2,
        deadLetters: 1,
        oldestPendingAt: new Date(NOW).toISOString(),
      });
      await expectInStep(5);
    });

    it('tells how much waited in past minutes, and for how long, at all destinations together', async () => {
      await outbox().accept([track('one'), trackOf('bert', 'two'), track('one', { destination: THERE })]);
      await outbox().sampleBacklog(NOW + 10 * SECOND);
      await attempt(outbox(), [DELIVERED]);
      await outbox().sampleBacklog(NOW + 20 * SECOND);
      await attempt(outbox(), [DELIVERED]);
      await outbox().sampleBacklog(NOW + 2 * MINUTE);
      const later = NOW + 3 * MINUTE;
      expect(await flowOf(NOW, later)).toMatchObject({ waiting: 3, longestWaitSeconds: 20 });
      expect(await flowOf(NOW + MINUTE, later)).toMatchObject(unseen);
      expect(await flowOf(NOW + 2 * MINUTE, later)).toMatchObject({ waiting: 1, longestWaitSeconds: 120 });
    });

    it('tells of longer times in longer parts, at one destination or at all', async () => {
      await outbox().accept([track('one'), trackOf('bert', 'two'), track('one', { destination: THERE })]);
      await outbox().sampleBacklog(NOW);
      await outbox().accept([track('three', { acceptedAt: NOW + 4 * MINUTE })]);
      await outbox().sampleBacklog(NOW + 4 * MINUTE);
      const call = { now: NOW + 7 * MINUTE, lastMs: 15 * MINUTE, partMs: 5 * MINUTE };
      const flow = async (destination?: string) => {
        const parts = await outbox().flow({ ...call, ...(destination === undefined ? {} : { destination }) });
        return parts.map(({ at, accepted, waiting }) => [(Date.parse(at) - NOW) / MINUTE, accepted, waiting]);
      };
      expect(await flow()).toEqual([
        [-5, 0, null],
        [0, 4, 4],
        [5, 0, null],
      ]);
      expect((await flow(THERE))[1]).toEqual([0, 1, 1]);
    });

    it('tells when that was looked at last before a time', async () => {
      expect(await outbox().lastSampleBefore(NOW + MINUTE)).toBeUndefined();
      await outbox().accept([track('one')]);
      await outbox().sampleBacklog(NOW);
      await outbox().sampleBacklog(NOW + 5 * MINUTE);
      expect(await outbox().lastSampleBefore(NOW + 5 * MINUTE)).toBe(NOW);
      expect(await outbox().lastSampleBefore(NOW + 6 * MINUTE)).toBe(NOW + 5 * MINUTE);
    });

    it('knows that nothing waits', async () => {
      await outbox().accept([track('one')]);
      await attempt(outbox(), [DELIVERED]);
      await outbox().sampleBacklog(NOW);
      expect(await flowOf(NOW, NOW + MINUTE)).toMatchObject({ waiting: 0, longestWaitSeconds: 0 });
    });

    it('tells what waits at present of the minute that is under way', async () => {
      await outbox().accept([track('one'), track('two')]);
      expect(await flowOf(NOW + 7 * SECOND)).toMatchObject({ waiting: 2, longestWaitSeconds: 7 });
      await outbox().sampleBacklog(NOW + 7 * SECOND);
      await attempt(outbox(), [DELIVERED]);
      expect(await flowOf(NOW + 9 * SECOND)).toMatchObject({ waiting: 2, longestWaitSeconds: 7 });
    });

    it('counts ends and requests in the minute in which they were', async () => {
      await outbox().accept([track('one'), track('two'), track('three')]);
      const answer = { kind: 'upsert', milliseconds: 1, reply: { status: 202 }, events: [] } as const;
      await attempt(outbox(), [DELIVERED, refused('no'), retry('timeout')], {
        now: NOW + 2 * MINUTE,
        requests: [
          { ...answer, sentAt: NOW + MINUTE },
          { ...answer, sentAt: NOW + 2 * MINUTE },
        ],
      });
      const later = NOW + 3 * MINUTE;
      expect(await flowOf(NOW + MINUTE, later)).toMatchObject({ ...none, requests: 1 });
      expect(await flowOf(NOW + 2 * MINUTE, later)).toMatchObject({ ...none, delivered: 1, rejected: 1, requests: 1 });
      await expectInStep(3);
    });

    it('counts what is given up, overtaken, replayed and erased', async () => {
      await outbox().accept([track('one'), trackOf('bert', 'two'), trackOf('bert', 'three'), trackOf('cleo', 'four')]);
      await attempt(outbox(), [retry('timeout')], { next: AT_ONCE });
      await outbox().accept([deleteOf('bert', 'five')]);
      const turn = await leaseTurn(outbox());
      await expectInStep(5);
      await settle(outbox(), turn, [DELIVERED], { learnt: [['bert', 'erased']] });
      await expectInStep(5);
      await outbox().giveUp({ destination: HERE, before: NOW + 1, now: NOW, sentence: 'given up', limit: 100 });
      await expectInStep(5);
      expect(await flowOf(NOW)).toMatchObject({ accepted: 5, delivered: 1, filtered: 2, rejected: 2 });

      const letters = await outbox().loadDeadLetters({}, undefined, 10);
      const fate = { lane: 'anna', createsUser: false, deletesUser: false, otherUser: null };
      await outbox().requeue(
        letters.map(({ id }) => ({ id, fate })),
        NOW,
      );
      expect(await overview()).toMatchObject({ pending: 2, deadLetters: 0 });
      await outbox().eraseUser({ userId: 'anna', now: NOW, limit: 10 });
      expect(await overview()).toMatchObject({ pending: 0, deadLetters: 0 });
      await expectInStep(5);
    });

    it('does not count dead letters that were emptied or removed', async () => {
      await outbox().accept([settled('one', 'rejected')]);
      const periods = { retentionMs: DAY, deadLetterRetentionMs: DAY, limit: 10 };
      await outbox().prune({ ...periods, now: NOW + 2 * DAY, deduplicationMs: 9 * DAY });
      expect(await overview()).toMatchObject({ deadLetters: 0 });
      await expectInStep(1);
      await outbox().prune({ ...periods, now: NOW + 10 * DAY, deduplicationMs: 9 * DAY });
      expect(await outbox().listEvents({ state: 'rejected', limit: 10 })).toEqual([]);
      await expectInStep(0);
    });

    it('has forgotten nothing after a restart', async () => {
      await outbox().accept([track('one'), settled('two', 'rejected')]);
      const before = await overview();
      expect(await (await reopen()).overview(NOW)).toEqual(before);
    });

    it('keeps the 7 days that plots show, however short the retention is', async () => {
      await outbox().accept([track('one')]);
      const periods = { retentionMs: 1, deadLetterRetentionMs: 1, deduplicationMs: 1, limit: 10 };
      await outbox().prune({ ...periods, now: NOW + 7 * DAY - MINUTE });
      expect(await flowOf(NOW, NOW + 59 * MINUTE)).toMatchObject({ accepted: 1 });
      await outbox().prune({ ...periods, now: NOW + 7 * DAY + MINUTE });
      expect(await flowOf(NOW, NOW + 59 * MINUTE)).toMatchObject({ accepted: 0 });
    });
  });
}
