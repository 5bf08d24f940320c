import type { Claim } from '@segment-userleap/mapping';
import { reasoned } from '@segment-userleap/mapping';
import type { NewEvent } from '../../src/outbox/port/outbox.port';
import { attempt, lease, leaseTurn, messageIdsOf, settle } from './attempt';
import type { OutboxUnderTest } from './outbox-under-test';
import { recordOf } from './record-of';
import { DELIVERED, HERE, identify, NOW, refused, SECOND, THERE, trackOf } from './sample-events';

const VISITOR = 'visitor-1';
const LATER = NOW + 60 * SECOND;

/** A Track of a visitor whom nobody knows. */
function visited(messageId: string, fields: Partial<NewEvent> = {}, anonymousId = VISITOR): NewEvent {
  return trackOf('', messageId, { fate: { anonymousId }, ...fields });
}

/** The Identify by which a user claims what was held. */
function signIn(messageId: string, userId = 'anna', claim: Partial<Claim> = {}): NewEvent {
  const fate = { lane: userId, createsUser: true, deletesUser: false, otherUser: null };
  return identify(messageId, { fate, acceptedAt: LATER, claim: { anonymousId: VISITOR, userId, ...claim } });
}

export function describeHolding({ outbox, reopen }: OutboxUnderTest): void {
  describe('held events', () => {
    const record = (messageId: string) => recordOf(outbox(), messageId);
    const held = async () => Object.fromEntries(await outbox().countHeld());
    const at = (time: number) => new Date(time).toISOString();

    it('wait in no lane and count for no backlog, but are seen', async () => {
      await outbox().accept([visited('one'), visited('two', { destination: THERE })]);
      expect(await lease(outbox())).toEqual({ kind: 'idle', until: undefined });
      expect(await outbox().countPending(HERE)).toBe(0);
      expect(await held()).toEqual({ [HERE]: 1, [THERE]: 1 });
      expect(await outbox().overview(NOW)).toMatchObject({ pending: 0, held: 2, deadLetters: 0 });
      expect(await record('one')).toMatchObject({ state: 'held', userId: null, anonymousId: VISITOR, settledAt: null });
      const list = await outbox().listEvents({ state: 'held', limit: 10 });
      expect(list.map(({ messageId }) => messageId)).toEqual(['two', 'one']);
    });

    it('do not take the room of what waits', async () => {
      await reopen({ backlogLimit: 2 });
      await outbox().accept(['one', 'two', 'three'].map((id) => visited(id)));
      await outbox().accept([trackOf('anna', 'four')]);
      expect(await outbox().countPending(HERE)).toBe(1);
    });

    it('are told from repetitions', async () => {
      await outbox().accept([visited('one'), visited('one')]);
      await outbox().accept([visited('one')]);
      expect(await held()).toEqual({ [HERE]: 1 });
    });

    it('go with the one who claims them, before what came later, and are known as theirs', async () => {
      await outbox().accept([visited('one'), visited('two'), visited('not hers', {}, 'visitor-2')]);
      await outbox().accept([signIn('three')]);
      const turn = await leaseTurn(outbox());
      expect(messageIdsOf(turn)).toEqual(['one', 'two', 'three']);
      expect(turn.events.map(({ claimedAt }) => claimedAt)).toEqual([LATER, LATER, null]);
      expect(turn.events.map(({ queuedAt }) => queuedAt)).toEqual([LATER, LATER, LATER]);
      await settle(outbox(), turn, [DELIVERED]);
      expect(await record('one')).toMatchObject({ state: 'delivered', userId: 'anna', anonymousId: VISITOR });
      expect(await held()).toEqual({ [HERE]: 1 });
      const { id = 0 } = (await record('one')) ?? {};
      expect((await outbox().loadEvent(id))?.story).toMatchObject([
        { at: at(NOW), kind: 'accepted' },
        { at: at(NOW), kind: 'held' },
        { kind: 'settled', state: 'delivered' },
        { at: at(LATER), kind: 'claimed' },
      ]);
    });

    it('survive a restart before they are claimed', async () => {
      await outbox().accept([visited('one')]);
      await reopen();
      await outbox().accept([signIn('two')]);
      await reopen();
      expect(messageIdsOf(await leaseTurn(outbox()))).toEqual(['one', 'two']);
    });

    it('all go to the first who claims them; what comes later is held anew', async () => {
      await outbox().accept([visited('one'), signIn('two'), visited('three'), signIn('four', 'bert'), visited('five')]);
      await outbox().accept([signIn('six', 'cleo')]);
      const turns = [await leaseTurn(outbox()), await leaseTurn(outbox()), await leaseTurn(outbox())];
      expect(turns.map((turn) => [turn.lanes[0]?.lane, messageIdsOf(turn)])).toEqual([
        ['anna', ['one', 'two']],
        ['bert', ['three', 'four']],
        ['cleo', ['five', 'six']],
      ]);
      await outbox().accept([signIn('seven', 'dora')]);
      expect(messageIdsOf(await leaseTurn(outbox()))).toEqual(['seven']);
      expect(await held()).toEqual({});
    });

    it('are claimed once, however often the claim comes', async () => {
      await outbox().accept([signIn('one')]);
      await attempt(outbox(), [DELIVERED], { now: LATER });
      await outbox().accept([visited('two')]);
      await outbox().accept([signIn('one')]);
      expect(await held()).toEqual({ [HERE]: 1 });
    });

    it('are claimed by what comes after them, also among repetitions', async () => {
      await outbox().accept([visited('one')]);
      await outbox().accept([visited('one'), visited('two'), visited('two'), signIn('three'), visited('four')]);
      expect(messageIdsOf(await leaseTurn(outbox()))).toEqual(['one', 'two', 'three']);
      expect(await held()).toEqual({ [HERE]: 1 });
      expect(await record('four')).toMatchObject({ state: 'held', userId: null });
    });

    it('are claimed at the same destination only', async () => {
      await outbox().accept([visited('one', { destination: THERE })]);
      await outbox().accept([signIn('two')]);
      expect(messageIdsOf(await leaseTurn(outbox()))).toEqual(['two']);
      expect(await held()).toEqual({ [THERE]: 1 });
      expect(await record('one')).toMatchObject({ state: 'held', userId: null });
    });

    it('are at most 10,000 for one claim, the newest; the rest waits for the next one', async () => {
      await outbox().accept(Array.from({ length: 10_002 }, (_, index) => visited(`number ${index}`)));
      await outbox().accept([signIn('one')]);
      expect(await held()).toEqual({ [HERE]: 2 });
      expect(await outbox().countPending(HERE)).toBe(10_001);
      expect(await record('number 1')).toMatchObject({ state: 'held' });
      await outbox().accept([signIn('two')]);
      expect(await held()).toEqual({});
    });

    it('wait for their user, where an Alias claims them and nothing creates that one', async () => {
      await outbox().accept([trackOf('anna', 'one')]);
      const next = { dueAt: LATER + 60 * SECOND, attempts: 1, parked: true };
      await attempt(outbox(), [{ ...reasoned('retry', 'unknown_user') }], { next });
      await outbox().accept([visited('two')]);
      const outcome = { ...reasoned('filtered', 'nothing_to_alias'), outcome: 'filtered' as const };
      const claim = { anonymousId: VISITOR, userId: 'anna' };
      await outbox().accept([trackOf('', 'three', { type: 'alias', fate: { outcome, userId: 'anna' }, claim })]);
      expect(await lease(outbox(), { now: LATER })).toMatchObject({ kind: 'idle' });
      expect(await outbox().countWaitingFor('unknown_user')).toEqual(new Map([[HERE, 2]]));
      await outbox().accept([identify('four')]);
      expect(messageIdsOf(await leaseTurn(outbox(), { now: LATER }))).toEqual(['one', 'two', 'four']);
    });

    it('end where nothing of the user is sent', async () => {
      const outcome = reasoned('filtered', 'not_sampled');
      await outbox().accept([visited('one')]);
      const fate = { outcome: { ...outcome, outcome: 'filtered' as const }, userId: 'anna' };
      await outbox().accept([{ ...signIn('two', 'anna', { outcome }), fate }]);
      expect(await record('one')).toMatchObject({ state: 'filtered', reason: 'not_sampled', userId: 'anna' });
      expect(await lease(outbox())).toEqual({ kind: 'idle', until: undefined });
      expect(await held()).toEqual({});
    });

    it('say whose they are when they are replayed or moved', async () => {
      await outbox().accept([visited('one', { destination: THERE }), visited('two')]);
      await outbox().accept([{ ...signIn('three'), destination: THERE }, signIn('four')]);
      const waiting = await outbox().loadWaiting(THERE, undefined, 10);
      expect(waiting.map(({ lane, isClaimed }) => [lane, isClaimed])).toEqual([
        ['anna', true],
        ['anna', false],
      ]);
      await attempt(outbox(), [refused('no')], { now: LATER });
      const letters = await outbox().loadDeadLetters({}, undefined, 10);
      expect(letters.map(({ claimedBy }) => claimedBy)).toEqual(['anna', null]);
      const fate = { lane: 'anna', createsUser: false, deletesUser: false, otherUser: null };
      await outbox().requeue([{ id: letters[0]?.id ?? 0, fate }], LATER + SECOND);
      const [event] = (await leaseTurn(outbox(), { now: LATER + SECOND })).events;
      expect(event).toMatchObject({ lane: 'anna', claimedAt: LATER });
    });

    it('are erased with the user that they went to', async () => {
      await outbox().accept([visited('one')]);
      await outbox().accept([signIn('two')]);
      await attempt(outbox(), [DELIVERED], { now: LATER });
      expect(await outbox().eraseUser({ userId: 'anna', now: LATER, limit: 10 })).toEqual({ erased: 2, ended: 0 });
      const { id = 0 } = (await record('one')) ?? {};
      expect(await outbox().loadEvent(id)).toMatchObject({ event: { userId: null, anonymousId: null }, body: null });
    });
  });

  describe('endHeld', () => {
    const record = async (messageId: string) => (await recordOf(outbox(), messageId))?.state;
    const call = { before: NOW, most: 100, now: LATER, limit: 10 };

    it('ends what was held for too long, the oldest first, in steps', async () => {
      const old = (messageId: string, seconds: number, fields: Partial<NewEvent> = {}) =>
        visited(messageId, { acceptedAt: NOW - seconds * SECOND, ...fields });
      await outbox().accept([old('one', 2), old('two', 3, { type: 'page' }), old('three', 1), visited('four')]);
      const ended = { destination: HERE, reason: 'anonymous_user', count: 1, isTooMuch: false };
      expect(await outbox().endHeld({ ...call, limit: 1 })).toEqual([{ ...ended, type: 'page' }]);
      expect(await outbox().endHeld(call)).toEqual([{ ...ended, type: 'track', count: 2 }]);
      expect(await outbox().endHeld(call)).toEqual([]);
      expect(await record('four')).toBe('held');
      expect(await recordOf(outbox(), 'two')).toMatchObject({
        state: 'unsupported',
        reason: 'anonymous_user',
        settledAt: new Date(LATER).toISOString(),
      });
      expect(await outbox().groupDeadLetters()).toEqual([]);
      await outbox().accept([signIn('five')]);
      expect(messageIdsOf(await leaseTurn(outbox()))).toEqual(['four', 'five']);
    });

    it('ends what is too much, the oldest first, whoever held it', async () => {
      const ids = ['one', 'two', 'three', 'four', 'five'];
      await outbox().accept(
        ids.map((id, index) =>
          visited(id, { acceptedAt: NOW + index, ...(index === 1 ? { destination: THERE } : {}) }),
        ),
      );
      const tooMuch = { type: 'track', reason: 'anonymous_user', count: 1, isTooMuch: true };
      expect(await outbox().endHeld({ ...call, most: 3 })).toEqual([
        { ...tooMuch, destination: HERE },
        { ...tooMuch, destination: THERE },
      ]);
      expect(await outbox().endHeld({ ...call, most: 3 })).toEqual([]);
      expect(await Promise.all(ids.map(record))).toEqual(['unsupported', 'unsupported', 'held', 'held', 'held']);
    });
  });

  describe('eraseHeld', () => {
    it('leaves nothing of a visitor but what became of the events', async () => {
      await outbox().accept([visited('one'), visited('two'), visited('three', {}, 'visitor-2')]);
      await outbox().accept([visited('four', { destination: THERE })]);
      const call = { anonymousId: VISITOR, now: LATER, limit: 2 };
      expect(await outbox().eraseHeld({ ...call, destination: HERE })).toBe(2);
      expect(await outbox().eraseHeld(call)).toBe(1);
      expect(await outbox().eraseHeld(call)).toBe(0);
      const gone = { state: 'filtered', reason: 'user_deleted', anonymousId: null };
      expect(await recordOf(outbox(), 'one')).toMatchObject(gone);
      expect(await recordOf(outbox(), 'three')).toMatchObject({ state: 'held', anonymousId: 'visitor-2' });
      await outbox().accept([signIn('five')]);
      expect(messageIdsOf(await leaseTurn(outbox()))).toEqual(['five']);
    });
  });
}
