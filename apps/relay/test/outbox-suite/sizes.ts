import { attempt, leaseTurn, messageIdsOf, settle } from './attempt';
import type { OutboxUnderTest } from './outbox-under-test';
import { DELIVERED, deleteOf, identify, refused, track, trackOf } from './sample-events';

const MEGABYTE = 1024 * 1024;

/** An event's JSON of so many megabytes. */
function large(messageId: string, megabytes: number): { readonly body: string } {
  return { body: JSON.stringify({ messageId, filler: 'x'.repeat(megabytes * MEGABYTE) }) };
}

export function describeSizes({ outbox }: OutboxUnderTest): void {
  describe('large events', () => {
    it('go out in turns of 4 MB, or alone, in their order', async () => {
      const sizes = { a: 1.5, b: 1.5, c: 1.5, d: 0, e: 5, f: 0, g: 3.5 };
      for (const [id, size] of Object.entries(sizes)) await outbox().accept([track(id, large(id, size))]);
      const turns: string[] = [];
      while ((await outbox().countPending('here')) > 0) {
        turns.push(messageIdsOf(await attempt(outbox(), [DELIVERED])).join());
      }
      expect(turns).toEqual(['a,b', 'c,d', 'e', 'f,g']);
    });

    it('keep nothing back that creates their user', async () => {
      for (const id of ['a', 'b', 'c']) await outbox().accept([track(id, large(id, 3))]);
      await outbox().accept([identify('creates', large('creates', 2)), track('last')]);
      expect(messageIdsOf(await leaseTurn(outbox()))).toEqual(['a', 'creates']);
    });

    it('among Deletes go out in turns of 4 MB, too, and no user is forgotten', async () => {
      const users = ['anna', 'bert', 'cleo'];
      for (const user of users) await outbox().accept([deleteOf(user, user, large(user, 3))]);
      const turns: string[] = [];
      while ((await outbox().countPending('here')) > 0) {
        const turn = await leaseTurn(outbox());
        turns.push(messageIdsOf(turn).join());
        await settle(outbox(), turn, [DELIVERED], { learnt: turn.events.map(({ lane }) => [lane, 'erased']) });
      }
      expect(turns).toEqual(users);
    });

    it('that are dead letters are loaded 4 MB at a time', async () => {
      const ids = ['one', 'two', 'three', 'four'];
      for (const id of ids) await outbox().accept([trackOf(id, id, large(id, 1.5))]);
      for (const _ of ids) await attempt(outbox(), [refused('no')]);
      const first = await outbox().loadDeadLetters({}, undefined, 10);
      const last = first.at(-1);
      const rest = await outbox().loadDeadLetters({}, last && { at: last.acceptedAt, id: last.id }, 10);
      const idsOf = (letters: readonly { body: string }[]): readonly string[] =>
        letters.map(({ body }) => (JSON.parse(body) as { messageId: string }).messageId);
      expect([idsOf(first), idsOf(rest)]).toEqual([
        ['one', 'two'],
        ['three', 'four'],
      ]);
    });
  });
}
