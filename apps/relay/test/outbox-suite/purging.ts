import { attempt, lanesOf, lease, leaseTurn, messageIdsOf, settle, turnOf } from './attempt';
import type { OutboxUnderTest } from './outbox-under-test';
import { aliasOf, AT_ONCE, deleteOf, HERE, identify, LATER, NOW, retry, THERE, track, trackOf } from './sample-events';

export function describePurging({ outbox }: OutboxUnderTest): void {
  const stateOf = async (messageId: string) =>
    (await outbox().listEvents({ messageId, limit: 1 })).map(({ state, reason }) => `${state} ${reason}`).join();

  describe('deletes', () => {
    it('go first and together, oldest lane first, though other lanes are older', async () => {
      await outbox().accept([
        trackOf('cleo', 'one'),
        deleteOf('anna', 'two'),
        track('three'),
        deleteOf('bert', 'four'),
      ]);
      const turn = await leaseTurn(outbox());
      expect(turn.isPurge).toBe(true);
      expect(lanesOf(turn)).toEqual(['anna', 'bert']);
      expect(messageIdsOf(turn)).toEqual(['two', 'three', 'four']);
      expect(turn.lanes.map(({ lastDelete }) => lastDelete)).toEqual([turn.events[0]?.id, turn.events[2]?.id]);
      expect(lanesOf(await leaseTurn(outbox()))).toEqual(['cleo']);
    });

    it('are at most a hundred together', async () => {
      await outbox().accept(Array.from({ length: 150 }, (_, index) => deleteOf(`user ${index}`, `message ${index}`)));
      expect((await leaseTurn(outbox())).lanes).toHaveLength(100);
      const rest = await leaseTurn(outbox());
      expect(lanesOf(rest)).toEqual(Array.from({ length: 50 }, (_, index) => `user ${index + 100}`));
    });

    it('wait with all that is in their lanes while there may be no purge', async () => {
      await outbox().accept([deleteOf('anna', 'one'), track('two'), trackOf('bert', 'three')]);
      expect(lanesOf(await leaseTurn(outbox(), { mayPurge: false }))).toEqual(['bert']);
      expect(await lease(outbox(), { mayPurge: false })).toEqual({ kind: 'idle', until: undefined });
      expect(lanesOf(await leaseTurn(outbox()))).toEqual(['anna']);
    });

    it('do not go before their lane is due, nor those of another destination', async () => {
      await outbox().accept([deleteOf('anna', 'one'), deleteOf('anna', 'two', { destination: THERE })]);
      await attempt(outbox(), [retry('server_error')], { next: LATER });
      expect(await lease(outbox())).toEqual({ kind: 'idle', until: LATER.dueAt });
      expect((await leaseTurn(outbox(), { now: NOW + 5_000 })).isPurge).toBe(true);
    });

    it('are no longer waited for once they are through', async () => {
      await outbox().accept([deleteOf('anna', 'one')]);
      const turn = await leaseTurn(outbox());
      await outbox().accept([track('two')]);
      await settle(outbox(), turn);
      expect(await leaseTurn(outbox(), { mayPurge: false })).toMatchObject({
        isPurge: false,
        lanes: [{ lane: 'anna', lastDelete: null }],
      });
    });
  });

  describe('what was queued before a delete of its user', () => {
    it('is not sent any more', async () => {
      await outbox().accept([track('one'), identify('two'), deleteOf('anna', 'three'), track('four')]);
      expect(messageIdsOf(await leaseTurn(outbox()))).toEqual(['three', 'four']);
      expect(await outbox().listEvents({ messageId: 'one', limit: 1 })).toMatchObject([
        { state: 'filtered', reason: 'user_deleted', message: expect.stringContaining('deleted'), attempts: 0 },
      ]);
      expect(await stateOf('two')).toBe('filtered user_deleted');
      expect(await outbox().countPending(HERE)).toBe(2);
    });

    it('is not sent any more where several deletes wait: all before the last one goes, but the deletes', async () => {
      await outbox().accept([deleteOf('anna', 'one'), track('two'), deleteOf('anna', 'three'), track('four')]);
      expect(messageIdsOf(await leaseTurn(outbox()))).toEqual(['one', 'three', 'four']);
      expect(await stateOf('two')).toBe('filtered user_deleted');
    });

    it('is sent all the same at another destination', async () => {
      await outbox().accept([track('one', { destination: THERE }), deleteOf('anna', 'two')]);
      await leaseTurn(outbox());
      expect(messageIdsOf(await leaseTurn(outbox(), { destination: THERE }))).toEqual(['one']);
    });
  });

  it('tells what a delete overtook, Aliases of other lanes included', async () => {
    await outbox().accept([identify('one'), aliasOf('old', 'anna', 'two'), deleteOf('anna', 'three'), track('four')]);
    expect(await lease(outbox())).toMatchObject({
      kind: 'dropped',
      dropped: [
        { type: 'identify', reason: 'user_deleted' },
        { type: 'alias', reason: 'user_deleted' },
      ],
    });
    expect(messageIdsOf(await leaseTurn(outbox()))).toEqual(['three', 'four']);
  });

  it('drops a long queue in steps, and purges when nothing of it is left', async () => {
    const ids = Array.from({ length: 1_200 }, (_, index) => `message ${index}`);
    await outbox().accept([...ids.map((id) => track(id)), deleteOf('anna', 'last')]);
    const steps: number[] = [];
    let leased = await lease(outbox());
    for (; leased.kind === 'dropped'; leased = await lease(outbox())) {
      steps.push(leased.dropped.reduce((sum, { count }) => sum + count, 0));
      expect(await outbox().countPending(HERE)).toBe(1_201 - steps.reduce((sum, step) => sum + step));
    }
    const turn = turnOf(leased);
    expect(turn).toMatchObject({ isPurge: true });
    expect(turn && messageIdsOf(turn)).toEqual(['last']);
    expect(steps.length).toBeGreaterThan(1);
  });

  it('lets a Delete go alone where an Alias stands behind it, which goes in the order in which they came', async () => {
    await outbox().accept([aliasOf('old', 'new', 'one'), deleteOf('anna', 'two'), identify('three')]);
    await outbox().accept([aliasOf('anna', 'new', 'four')]);
    const purge = await leaseTurn(outbox());
    expect(messageIdsOf(purge)).toEqual(['two']);
    await settle(outbox(), purge);
    expect(messageIdsOf(await leaseTurn(outbox()))).toEqual(['one', 'three', 'four']);
  });

  describe('an Alias to a user that is to be deleted', () => {
    it('is not sent any more, and its lane goes where nothing else is in it', async () => {
      await outbox().accept([aliasOf('old', 'anna', 'one'), deleteOf('anna', 'two')]);
      expect(messageIdsOf(await leaseTurn(outbox()))).toEqual(['two']);
      expect(await stateOf('one')).toBe('filtered user_deleted');
      expect(await lease(outbox())).toEqual({ kind: 'idle', until: undefined });
    });

    it('leaves its lane in the place of what came after it', async () => {
      await outbox().accept([aliasOf('old', 'anna', 'one'), trackOf('bert', 'two'), trackOf('old', 'three')]);
      await outbox().accept([deleteOf('anna', 'four')]);
      await leaseTurn(outbox());
      expect(lanesOf(await leaseTurn(outbox()))).toEqual(['bert']);
      expect(messageIdsOf(await leaseTurn(outbox()))).toEqual(['three']);
    });

    it('is sent after the delete where it came after it', async () => {
      await outbox().accept([deleteOf('anna', 'one'), aliasOf('old', 'anna', 'two')]);
      const purge = await leaseTurn(outbox());
      expect(messageIdsOf(purge)).toEqual(['one']);
      expect(await lease(outbox())).toEqual({ kind: 'idle', until: undefined });
      await settle(outbox(), purge);
      expect(messageIdsOf(await leaseTurn(outbox()))).toEqual(['two']);
    });

    it('makes the delete wait while it is in flight', async () => {
      await outbox().accept([aliasOf('old', 'anna', 'one')]);
      const alias = await leaseTurn(outbox());
      await outbox().accept([deleteOf('anna', 'two'), deleteOf('bert', 'three')]);
      expect(lanesOf(await leaseTurn(outbox()))).toEqual(['bert']);
      expect(await lease(outbox())).toEqual({ kind: 'idle', until: undefined });
      await settle(outbox(), alias);
      expect(lanesOf(await leaseTurn(outbox()))).toEqual(['anna']);
    });

    it('is dropped after all where it came back to be tried again', async () => {
      await outbox().accept([aliasOf('old', 'anna', 'one')]);
      const alias = await leaseTurn(outbox());
      await outbox().accept([deleteOf('anna', 'two')]);
      await settle(outbox(), alias, [retry('server_error')], { next: AT_ONCE });
      expect(messageIdsOf(await leaseTurn(outbox()))).toEqual(['two']);
      expect(await stateOf('one')).toBe('filtered user_deleted');
    });
  });
}
