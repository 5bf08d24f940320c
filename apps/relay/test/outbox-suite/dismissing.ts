import { attempt } from './attempt';
import type { OutboxUnderTest } from './outbox-under-test';
import { DAY, NOW, refused, SECOND, track } from './sample-events';

export function describeDismissing({ outbox }: OutboxUnderTest): void {
  describe('dismiss', () => {
    const later = NOW + 60 * SECOND;
    const call = { now: later, limit: 10 };
    beforeEach(async () => {
      await outbox().accept(['one', 'two', 'three'].map((name) => track(name)));
      await attempt(outbox(), [refused('first'), refused('second'), refused('second')]);
    });
    const statesOf = async () =>
      Object.fromEntries((await outbox().listEvents({ limit: 10 })).map(({ messageId, state }) => [messageId, state]));

    it('puts away the dead letters that fit, a few at a time', async () => {
      const step = { ...call, limit: 1, filter: { message: 'second' } };
      expect([await outbox().dismiss(step), await outbox().dismiss(step), await outbox().dismiss(step)]).toEqual([
        1, 1, 0,
      ]);
      expect(await statesOf()).toEqual({ one: 'rejected', two: 'dismissed', three: 'dismissed' });
      expect(await outbox().overview(later)).toMatchObject({ deadLetters: 1 });
      expect(await outbox().listEvents({ state: 'dismissed', limit: 10 })).toHaveLength(2);
      expect(await outbox().countDeadLetters({})).toBe(1);
    });

    it('puts away those with these numbers', async () => {
      const ids = (await outbox().listEvents({ limit: 2 })).map(({ id }) => id);
      expect(await outbox().dismiss({ ...call, filter: { ids: [...ids, 1_000] } })).toBe(2);
      expect(await statesOf()).toEqual({ one: 'rejected', two: 'dismissed', three: 'dismissed' });
    });

    it('keeps why it was a dead letter, and tells when it was put away', async () => {
      await outbox().dismiss({ ...call, filter: { messageId: 'one' } });
      const [event] = await outbox().listEvents({ messageId: 'one', limit: 1 });
      const settledAt = new Date(later).toISOString();
      expect(event).toMatchObject({ state: 'dismissed', reason: 'refused', message: 'first', settledAt });
      const { story = [] } = (await outbox().loadEvent(event?.id ?? 0)) ?? {};
      expect(story.filter(({ kind }) => kind === 'settled' || kind === 'replayed')).toMatchObject([
        { kind: 'settled', state: 'rejected', message: 'first' },
        { kind: 'settled', state: 'dismissed', at: settledAt },
      ]);
    });

    it('counts as no end of its own', async () => {
      const ends = async () =>
        (await outbox().overview(later)).minutes.reduce((sum, { rejected }) => sum + rejected, 0);
      const before = await ends();
      await outbox().dismiss({ ...call, filter: {} });
      expect(await ends()).toBe(before);
    });

    it('lets it go when what was delivered goes', async () => {
      await outbox().dismiss({ ...call, filter: {} });
      const periods = { retentionMs: DAY, deadLetterRetentionMs: 30 * DAY, deduplicationMs: DAY };
      await outbox().prune({ now: later + 2 * DAY, limit: 100, ...periods });
      expect(await outbox().listEvents({ limit: 10 })).toEqual([]);
    });
  });
}
