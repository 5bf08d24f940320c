import { writeTold } from '@segment-userleap/delivery';
import type { Outcome } from '@segment-userleap/mapping';
import type { Turn } from '../../src/outbox/port/turn';
import { lanesOf, leaseTurn, messageIdsOf, settle, settlementOf } from './attempt';
import type { OutboxUnderTest } from './outbox-under-test';
import { aliasOf, DELIVERED, HERE, identify, NOW, retry, trackOf } from './sample-events';

const UNCHANGED: Outcome = { outcome: 'filtered', reason: 'unchanged', message: 'nothing new', warnings: [] };
const MEMORY = writeTold({ toldAt: NOW, values: new Map([[7, { hash: 1, at: 10, toldAt: NOW }]]) });
const NEWER_MEMORY = writeTold({ toldAt: NOW, values: new Map([[7, { hash: 2, at: 20, toldAt: NOW }]]) });

function identifyOf(lane: string, messageId: string) {
  return identify(messageId, { fate: { lane, createsUser: true, deletesUser: false, otherUser: null } });
}

export function describeRepeats({ outbox }: OutboxUnderTest): void {
  describe('what may repeat what UserLeap was told', () => {
    /** UserLeap was told something of these users. */
    async function tell(memory: Uint8Array, ...users: readonly string[]): Promise<void> {
      await outbox().accept([trackOf('teacher', `lesson of ${users.join()} ${memory.length} ${count++}`)]);
      const memories = new Map(users.map((user) => [user, memory]));
      const learnt = users.map((user) => [user, 'known'] as const);
      await settle(outbox(), await leaseTurn(outbox()), [DELIVERED], { learnt, memories });
    }
    let count = 0;

    async function find(after = 0): Promise<readonly Turn[]> {
      return (await outbox().findRepeats({ destination: HERE, environment: HERE, bytes: 1e7, after })).turns;
    }

    it('is found in the lanes of users who were told something, with what they were told', async () => {
      await tell(MEMORY, 'anna', 'carl');
      await outbox().accept([identifyOf('anna', 'one'), identifyOf('bert', 'two'), identifyOf('anna', 'three')]);
      await outbox().accept([identifyOf('carl', 'four'), trackOf('carl', 'five')]);
      const turns = await find();
      expect(turns.map(lanesOf)).toEqual([['anna']]);
      expect(turns.map(messageIdsOf)).toEqual([['one', 'three']]);
      expect(turns[0]?.lanes[0]?.memory).toEqual(MEMORY);
    });

    it('is looked for once', async () => {
      await tell(MEMORY, 'anna', 'bert');
      await outbox().accept([identifyOf('anna', 'one')]);
      const call = { destination: HERE, environment: HERE, bytes: 1e7 };
      const { upTo, mayHaveMore } = await outbox().findRepeats({ ...call, after: 0 });
      expect(mayHaveMore).toBe(false);
      expect(await find(upTo)).toEqual([]);
      expect((await outbox().findRepeats({ ...call, after: upTo })).upTo).toBe(upTo);
      await outbox().accept([identifyOf('bert', 'two')]);
      expect((await find(upTo)).map(lanesOf)).toEqual([['bert']]);
    });

    it('is not looked for where it is in flight, or an Alias gives its user something', async () => {
      await tell(MEMORY, 'anna', 'bert');
      await outbox().accept([identifyOf('anna', 'one')]);
      await leaseTurn(outbox());
      await outbox().accept([aliasOf('old', 'bert', 'two'), identifyOf('bert', 'three')]);
      expect(await find()).toEqual([]);
    });

    it('ends without a lease, and what has come meanwhile goes on waiting', async () => {
      await tell(MEMORY, 'anna');
      await outbox().accept([identifyOf('anna', 'one')]);
      const [turn] = await find();
      await outbox().accept([identifyOf('anna', 'two')]);
      const settlements = turn ? [settlementOf(turn, [UNCHANGED])] : [];
      expect(await outbox().endRepeats(settlements)).toEqual([turn?.id]);
      expect(messageIdsOf(await leaseTurn(outbox()))).toEqual(['two']);
      const [event] = await outbox().listEvents({ limit: 1, reason: 'unchanged' });
      expect(event).toMatchObject({ state: 'filtered', messageId: 'one' });
    });

    it('does not end where its lane is in flight by now', async () => {
      await tell(MEMORY, 'anna');
      await outbox().accept([identifyOf('anna', 'one')]);
      const [turn] = await find();
      const leased = await leaseTurn(outbox());
      expect(await outbox().endRepeats(turn ? [settlementOf(turn, [UNCHANGED])] : [])).toEqual([]);
      await settle(outbox(), leased, [DELIVERED]);
      expect(await outbox().countPending(HERE)).toBe(0);
    });

    it('does not end where UserLeap was told something else meanwhile', async () => {
      await tell(MEMORY, 'anna');
      await outbox().accept([identifyOf('anna', 'one')]);
      const [turn] = await find();
      const again = { dueAt: undefined, attempts: 0, parked: false };
      const memories = new Map([['anna', NEWER_MEMORY]]);
      await settle(outbox(), await leaseTurn(outbox()), [retry('rate_limited')], { next: again, memories });
      expect(await outbox().endRepeats(turn ? [settlementOf(turn, [UNCHANGED])] : [])).toEqual([]);
      expect(messageIdsOf(await leaseTurn(outbox()))).toEqual(['one']);
    });
  });
}
