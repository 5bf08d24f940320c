import type { SentRequest } from '../../src/outbox/port/turn';
import { attempt, leaseTurn, settle } from './attempt';
import type { OutboxUnderTest } from './outbox-under-test';
import { AT_ONCE, DAY, DELIVERED, deleteOf, NOW, refused, retry, SECOND, settled, track } from './sample-events';

export function describeStory({ outbox }: OutboxUnderTest): void {
  describe('loadEvent', () => {
    const at = (seconds: number) => new Date(NOW + seconds * SECOND).toISOString();
    const idOf = async (messageId: string) => (await outbox().listEvents({ messageId, limit: 1 }))[0]?.id ?? 0;
    const load = async (messageId: string) => outbox().loadEvent(await idOf(messageId));
    const request = (second: number, events: readonly number[], fields: Partial<SentRequest> = {}): SentRequest => {
      return {
        kind: 'upsert',
        sentAt: NOW + second * SECOND,
        milliseconds: 40,
        reply: { status: 202 },
        events,
        ...fields,
      };
    };

    it('gives nothing for an id that there is not', async () => {
      expect(await outbox().loadEvent(1_000)).toBeUndefined();
    });

    it('gives the event as it came, and what became of it', async () => {
      await outbox().accept([settled('one', 'filtered')]);
      expect(await load('one')).toEqual({
        event: (await outbox().listEvents({ limit: 1 }))[0],
        body: '{"messageId":"one"}',
        story: [
          { at: at(0), kind: 'accepted' },
          { at: at(0), kind: 'settled', state: 'filtered', reason: 'invalid_event', message: 'it was filtered' },
        ],
      });
    });

    it('tells each request that carried it, each wait and each end', async () => {
      await outbox().accept([track('one'), track('two')]);
      const [one, two] = [await idOf('one'), await idOf('two')];
      const failure = { reply: { failure: 'timeout' } } as const;
      await attempt(outbox(), [retry('timeout')], {
        now: NOW + 2 * SECOND,
        next: { ...AT_ONCE, attempts: 1 },
        requests: [request(1, [one, two], failure)],
      });
      await attempt(outbox(), [refused('no'), DELIVERED], {
        now: NOW + 5 * SECOND,
        requests: [request(3, [one, two], { reply: { status: 400 } }), request(4, [one], { reply: { status: 400 } })],
      });
      const sent = { kind: 'request', method: 'POST', path: '/v2/users', milliseconds: 40 } as const;
      expect((await load('one'))?.story).toEqual([
        { at: at(0), kind: 'accepted' },
        { ...sent, at: at(1), status: null, failure: 'timeout', events: 2 },
        { at: at(2), kind: 'waited', reason: 'timeout', message: 'again: timeout', attempt: 1 },
        { ...sent, at: at(3), status: 400, failure: null, events: 2 },
        { ...sent, at: at(4), status: 400, failure: null, events: 1 },
        { at: at(5), kind: 'settled', state: 'rejected', reason: 'refused', message: 'no' },
      ]);
      expect((await load('two'))?.story.map(({ kind }) => kind)).toEqual([
        'accepted',
        'request',
        'waited',
        'request',
        'settled',
      ]);
    });

    it('names no user in the path of a request', async () => {
      await outbox().accept([track('one')]);
      await attempt(outbox(), [DELIVERED], { requests: [request(1, [await idOf('one')], { kind: 'lookup' })] });
      expect((await load('one'))?.story).toContainEqual(
        expect.objectContaining({ method: 'GET', path: '/v2/users/{userId}' }),
      );
    });

    it('tells the first and the last of waits that are alike, and when the next attempt is due', async () => {
      await outbox().accept([track('one')]);
      for (const second of [1, 2, 3]) {
        const dueAt = NOW + second * SECOND;
        await attempt(outbox(), [retry('timeout')], { now: dueAt, next: { dueAt, attempts: 1, parked: false } });
      }
      const wait = { kind: 'waited', reason: 'timeout', message: 'again: timeout' } as const;
      expect((await load('one'))?.story.slice(1)).toEqual([
        { ...wait, at: at(1), attempt: 1 },
        { ...wait, at: at(3), attempt: 3, dueAt: at(3) },
      ]);
    });

    it('tells how an event had ended before it was replayed', async () => {
      await outbox().accept([track('one')]);
      await attempt(outbox(), [refused('no')], { now: NOW + SECOND });
      const fate = { lane: 'anna', createsUser: false, deletesUser: false, otherUser: null };
      await outbox().requeue([{ id: await idOf('one'), fate }], NOW + 2 * SECOND);
      await attempt(outbox(), [DELIVERED], { now: NOW + 3 * SECOND });
      expect((await load('one'))?.story.slice(1)).toEqual([
        { at: at(1), kind: 'settled', state: 'rejected', reason: 'refused', message: 'no' },
        { at: at(2), kind: 'replayed' },
        { at: at(3), kind: 'settled', state: 'delivered', reason: null, message: null },
      ]);
    });

    it('tells nothing personal of an event that was erased', async () => {
      await outbox().accept([track('one')]);
      await attempt(outbox(), [refused('anna')], { requests: [request(1, [await idOf('one')])] });
      const fate = { lane: 'anna', createsUser: false, deletesUser: false, otherUser: null };
      await outbox().requeue([{ id: await idOf('one'), fate }], NOW);
      await attempt(outbox(), [refused('anna again')]);
      await outbox().accept([deleteOf('anna', 'two')]);
      await settle(outbox(), await leaseTurn(outbox()), [DELIVERED], { learnt: [['anna', 'erased']] });
      const kept = await load('one');
      expect(kept).toMatchObject({ body: null, event: { userId: null } });
      expect(JSON.stringify(kept)).not.toContain('anna');
    });

    it('tells no requests that were removed: what was taken goes with what it delivered, the rest with dead letters', async () => {
      await outbox().accept([track('one')]);
      const id = await idOf('one');
      const requests = [request(1, [id]), request(2, [id], { reply: { status: 503 } })];
      await attempt(outbox(), [retry('server_error')], { requests, next: AT_ONCE });
      const statuses = async () =>
        (await load('one'))?.story.flatMap((entry) => (entry.kind === 'request' ? [entry.status] : []));
      const periods = { retentionMs: 7 * DAY, deadLetterRetentionMs: 30 * DAY, deduplicationMs: DAY, limit: 100 };
      await outbox().prune({ now: NOW + 7 * DAY, ...periods });
      expect(await statuses()).toEqual([202, 503]);
      expect(await outbox().prune({ now: NOW + 8 * DAY, ...periods })).toBe(1);
      expect(await statuses()).toEqual([503]);
      await outbox().prune({ now: NOW + 31 * DAY, ...periods });
      expect(await statuses()).toEqual([]);
    });
  });
}
