import { readTold, writeTold } from '@segment-userleap/delivery';
import type { ToldValue } from '@segment-userleap/delivery';
import type { Learnt } from '../../src/outbox/port/turn';
import { leaseTurn, settle } from './attempt';
import type { OutboxUnderTest } from './outbox-under-test';
import { DELIVERED, HERE, NOW, retry, THERE, trackOf } from './sample-events';

type Values = Readonly<Record<number, ToldValue>>;

function memoryOf(values: Values): Uint8Array {
  return writeTold({ toldAt: NOW, values: new Map(Object.entries(values).map(([name, one]) => [Number(name), one])) });
}

function value(hash: number, at: number, toldAt = NOW): ToldValue {
  return { hash, at, toldAt };
}

// So long after it that the two were not on their way at once.
const AFTERWARDS = NOW + 60_000;

export function describeMemories({ outbox }: OutboxUnderTest): void {
  describe('what UserLeap was told of users', () => {
    let count = 0;
    async function tell(
      learnt: readonly Learnt[],
      memories: Readonly<Record<string, Values>>,
      destination = HERE,
    ): Promise<void> {
      await outbox().accept([trackOf('teacher', `lesson ${count++}`, { destination })]);
      const kept = new Map(Object.entries(memories).map(([userId, values]) => [userId, memoryOf(values)]));
      await settle(outbox(), await leaseTurn(outbox(), { destination }), [DELIVERED], { learnt, memories: kept });
    }
    async function recall(userId: string, environment = HERE): Promise<Values> {
      const memory = await outbox().loadMemory(environment, userId);
      return Object.fromEntries(readTold(memory).values);
    }

    it('is kept with a user that is known, in its environment', async () => {
      await tell([['anna', 'known']], { anna: { 7: value(1, 10) }, bert: { 7: value(1, 10) } });
      expect(await recall('anna')).toEqual({ 7: value(1, 10) });
      expect(await outbox().loadMemory(THERE, 'anna')).toBeUndefined();
      expect(await outbox().loadMemory(HERE, 'bert')).toBeUndefined();
    });

    it('comes along with the turns of its user, in bytes of their own', async () => {
      await tell([['anna', 'known']], { anna: { 7: value(1, 10) } });
      await outbox().accept([trackOf('anna', 'one'), trackOf('bert', 'two')]);
      const { lanes } = await leaseTurn(outbox());
      expect(lanes).toMatchObject([{ lane: 'anna', isKnown: true, memory: memoryOf({ 7: value(1, 10) }) }]);
      expect(lanes[0]?.memory?.buffer.byteLength).toBe(lanes[0]?.memory?.byteLength);
      expect((await leaseTurn(outbox())).lanes).toMatchObject([{ lane: 'bert', memory: null }]);
    });

    it('is what is newer of each attribute, whoever told it', async () => {
      await tell([['anna', 'known']], { anna: { 1: value(1, 10), 2: value(1, 10), 3: value(1, 10) } });
      const two = value(2, 11, AFTERWARDS);
      await tell([], { anna: { 1: value(2, 9, AFTERWARDS), 2: two, 4: value(2, 1) } });
      expect(await recall('anna')).toEqual({ 1: value(1, 10), 2: two, 3: value(1, 10), 4: value(2, 1) });
    });

    it('is what is newer, to be told again, where two told it at once', async () => {
      await tell([['anna', 'known']], { anna: { 1: value(1, 10), 2: value(1, 10) } });
      await tell([], { anna: { 1: value(2, 9), 2: value(2, 11) } });
      expect(await recall('anna')).toEqual({ 1: value(1, 10, 0), 2: value(2, 11, 0) });
    });

    it('is what is newer of a user of whom others have told something, and what was told of those beside it', async () => {
      const known: readonly Learnt[] = [
        ['anna', 'known'],
        ['bert', 'known'],
      ];
      await tell(known, { anna: { 1: value(1, 10), 2: value(1, 10) } });
      const two = value(2, 11, AFTERWARDS);
      await tell([], { anna: { 1: value(2, 9, AFTERWARDS), 2: two }, bert: { 1: value(2, 9) } });
      expect(await recall('anna')).toEqual({ 1: value(1, 10), 2: two });
      expect(await recall('bert')).toEqual({ 1: value(2, 9) });
    });

    it('goes with a Delete of the user, and what is told after it stays', async () => {
      await tell([['teacher', 'known']], { teacher: { 1: value(1, 10) } });
      await tell([['teacher', 'erased']], {});
      expect(await outbox().loadMemory(HERE, 'teacher')).toBeUndefined();
      await tell([['teacher', 'known']], { teacher: { 1: value(1, 10) } });
      await tell(
        [
          ['teacher', 'erased'],
          ['teacher', 'known'],
        ],
        { teacher: { 2: value(2, 5) } },
      );
      expect(await recall('teacher')).toEqual({ 2: value(2, 5) });
    });

    it('goes with an erasure by hand, also what is on its way meanwhile', async () => {
      await tell([['anna', 'known']], { anna: { 1: value(1, 10) } });
      await outbox().accept([trackOf('anna', 'one')]);
      const turn = await leaseTurn(outbox());
      await outbox().eraseUser({ userId: 'anna', now: NOW, limit: 10 });
      const memories = new Map([['anna', memoryOf({ 1: value(1, 10) })]]);
      await settle(outbox(), turn, [DELIVERED], { learnt: [['anna', 'known']], memories });
      expect(await outbox().loadMemory(HERE, 'anna')).toBeUndefined();
      await tell([['anna', 'known']], {});
      expect(await outbox().loadMemory(HERE, 'anna')).toBeUndefined();
    });

    it('is void where UserLeap does not know the user any more', async () => {
      await tell([['anna', 'known']], { anna: { 1: value(1, 10) } });
      await outbox().accept([trackOf('anna', 'one')]);
      const next = { dueAt: NOW + 10_000, attempts: 1, parked: true };
      await settle(outbox(), await leaseTurn(outbox()), [retry('unknown_user')], { next });
      expect(await outbox().loadMemory(HERE, 'anna')).toBeUndefined();
      await tell([['anna', 'known']], {});
      expect(await outbox().loadMemory(HERE, 'anna')).toBeUndefined();
    });

    it('has hashes with one secret, whoever asks for it', async () => {
      const secret = await outbox().loadSecret();
      expect(secret).toEqual([expect.any(Number), expect.any(Number)]);
      expect(new Set([0, ...secret]).size).toBe(3);
      expect(await outbox().loadSecret()).toEqual(secret);
    });
  });
}
