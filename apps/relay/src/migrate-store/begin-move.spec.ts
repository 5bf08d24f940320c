import { sql } from 'kysely';
import { track } from '../../test/outbox-suite/sample-events';
import { describeOnPostgres } from '../../test/postgres/describe-on-postgres';
import { BREAK, BreakingProgress } from '../../test/store-move/breaking-progress';
import { deliverSome } from '../../test/store-move/deliver-some';
import { useStoreToMove } from '../../test/store-move/use-store-to-move';
import { openPostgres } from '../outbox/postgres/open-postgres';
import { beginMove } from './begin-move';

describeOnPostgres(beginMove.name, (createSchema) => {
  const store = useStoreToMove(createSchema);

  describe('before it is complete', () => {
    it('keeps every relay from the half store', async () => {
      await expect(store.move(new BreakingProgress(3))).rejects.toThrow(BREAK);
      await expect(openPostgres(store.schema.store)).rejects.toThrow('is not complete');
    });

    it('lets a relay go on with the old store; the next move begins anew', async () => {
      await expect(store.move(new BreakingProgress(8))).rejects.toThrow(BREAK);
      await store.source.destroy();
      const outbox = await store.openSource();
      await deliverSome(outbox, 10);
      await outbox.accept([track('meanwhile')]);
      await outbox.close();
      await store.reopenSource();
      expect(await store.move()).toBe(true);
      expect(await store.contentsOf(store.target)).toEqual(await store.contentsOf(store.source));
    });

    it('is no error where the old store has its mark already, and the new one not', async () => {
      await sql`ALTER TABLE store_moves ADD CONSTRAINT broken CHECK (state <> 'complete')`.execute(store.target);
      await expect(store.move()).rejects.toThrow('broken');
      await sql`ALTER TABLE store_moves DROP CONSTRAINT broken`.execute(store.target);
      await expect(openPostgres(store.schema.store)).rejects.toThrow('is not complete');
      await store.expectMovedAway();
      expect(await store.move()).toBe(true);
      await store.expectMoved();
    });
  });

  describe('when it is complete', () => {
    it('keeps every relay from the old store', async () => {
      await store.move();
      await store.expectMovedAway();
    });

    it('has nothing more to do, and leaves alone what relays have done since', async () => {
      await store.move();
      const outbox = await store.openTarget();
      await deliverSome(outbox, 10);
      const contents = await store.contentsOf(store.target);
      expect(await store.move()).toBe(false);
      expect(await store.contentsOf(store.target)).toEqual(contents);
      await outbox.close();
    });

    it('is refused to another database', async () => {
      await store.move();
      await store.schema.empty();
      await expect(store.move()).rejects.toThrow('--from: this store was moved already, to another database');
    });
  });

  describe('a target that is not for it', () => {
    it('is one that holds something', async () => {
      const outbox = await store.openTarget();
      await outbox.accept([track('one')]);
      await outbox.close();
      await expect(store.move()).rejects.toThrow('--to: this store is not empty');
      expect(await store.target.selectFrom('events').select('message_id').execute()).toEqual([{ message_id: 'one' }]);
      expect(await store.source.selectFrom('store_moves').selectAll().execute()).toEqual([]);
    });

    it('is one to which another store is moved', async () => {
      await expect(store.move(new BreakingProgress(3))).rejects.toThrow(BREAK);
      const db = await store.openAnother();
      await expect(store.move(undefined, db)).rejects.toThrow('--to: a move of another store');
      await db.destroy();
      expect(await store.move()).toBe(true);
    });

    it('is one that a relay has, though nothing is in it', async () => {
      const relay = await store.openTarget();
      await expect(store.move()).rejects.toThrow('--to: a relay uses this store');
      await relay.close();
    });
  });
});
