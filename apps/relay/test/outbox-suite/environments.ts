import { attempt, lease, leaseTurn, settle } from './attempt';
import type { OutboxUnderTest } from './outbox-under-test';
import { DELIVERED, deleteOf, HERE, identify, NOW, PARKED, retry, THERE, track, trackOf } from './sample-events';

const DEVELOPMENT = 'endpoint with the Development key';
const PRODUCTION = 'endpoint with the Production key';

export function describeEnvironments({ outbox, reopen }: OutboxUnderTest): void {
  describe('an environment', () => {
    const start = (environment: string, destination = HERE) => outbox().useEnvironments([{ destination, environment }]);
    const leave = (environment: string, limit = 1) =>
      outbox().leaveEnvironments({ destination: HERE, environment, now: NOW, limit });
    const isKnown = (environment: string) => outbox().isKnownUser(environment, 'anna');
    const learn = async (environment: string, fields = { hasAnswered: true }): Promise<void> => {
      await outbox().accept([identify(`in ${environment}`)]);
      await attempt(outbox(), [DELIVERED], { environment, learnt: [['anna', 'known']], ...fields });
    };

    it('is a memory of its own: who is known under one key is unknown under another', async () => {
      await start(DEVELOPMENT);
      await learn(DEVELOPMENT);
      await start(PRODUCTION);
      expect([await isKnown(DEVELOPMENT), await isKnown(PRODUCTION)]).toEqual([true, false]);
      await learn(PRODUCTION);
      expect(await isKnown(PRODUCTION)).toBe(true);
    });

    it('has its memory again when its key comes back, also after restarts', async () => {
      await start(DEVELOPMENT);
      await learn(DEVELOPMENT);
      await (await reopen()).useEnvironments([{ destination: HERE, environment: PRODUCTION }]);
      await (await reopen()).useEnvironments([{ destination: HERE, environment: DEVELOPMENT }]);
      expect([await isKnown(DEVELOPMENT), await isKnown(PRODUCTION)]).toEqual([true, false]);
    });

    it('is shared by destinations of one key', async () => {
      await start(DEVELOPMENT);
      await start(DEVELOPMENT, THERE);
      await learn(DEVELOPMENT);
      await start(PRODUCTION, THERE);
      expect([await isKnown(DEVELOPMENT), await isKnown(PRODUCTION)]).toEqual([true, false]);
    });

    it('forgets a user with its Delete, and so do those that the destination had before, but no other', async () => {
      const ELSEWHERE = 'of another destination';
      await start(ELSEWHERE, THERE);
      await start(DEVELOPMENT);
      for (const environment of [ELSEWHERE, DEVELOPMENT]) await learn(environment);
      await start(PRODUCTION);
      await learn(PRODUCTION);
      await outbox().accept([deleteOf('anna', 'delete')]);
      await attempt(outbox(), [DELIVERED], { environment: PRODUCTION, learnt: [['anna', 'erased']] });
      expect(await Promise.all([ELSEWHERE, DEVELOPMENT, PRODUCTION].map(isKnown))).toEqual([true, false, false]);
    });

    it.each([undefined, HERE])('forgets a user that is erased by hand at %s', async (destination) => {
      await start(DEVELOPMENT);
      await learn(DEVELOPMENT);
      await outbox().eraseUser({ userId: 'anna', now: NOW, limit: 10, ...(destination ? { destination } : {}) });
      expect(await isKnown(DEVELOPMENT)).toBe(false);
    });

    it('keeps who is erased by hand at another destination', async () => {
      await start(DEVELOPMENT);
      await start(PRODUCTION, THERE);
      await learn(DEVELOPMENT);
      await outbox().eraseUser({ userId: 'anna', destination: THERE, now: NOW, limit: 10 });
      expect(await isKnown(DEVELOPMENT)).toBe(true);
    });

    it('has users looked up who were looked up in vain in an earlier one, a few at a time, also after a restart', async () => {
      await start(DEVELOPMENT);
      for (const user of ['anna', 'bert']) {
        await outbox().accept([trackOf(user, user)]);
        await attempt(outbox(), [retry('unknown_user')], { environment: DEVELOPMENT, next: PARKED });
      }
      await start(DEVELOPMENT);
      expect(await leave(DEVELOPMENT)).toBe(0);
      expect(await lease(outbox(), { environment: DEVELOPMENT })).toEqual({ kind: 'idle', until: PARKED.dueAt });
      await start(PRODUCTION);
      expect(await leave(PRODUCTION)).toBe(1);
      await (await reopen()).useEnvironments([{ destination: HERE, environment: PRODUCTION }]);
      expect(await leave(PRODUCTION)).toBe(1);
      expect(await leave(PRODUCTION)).toBe(0);
      for (const user of ['anna', 'bert']) {
        const turn = await leaseTurn(outbox(), { environment: PRODUCTION });
        expect(turn.lanes).toMatchObject([{ lane: user, attempts: 0, isParked: true }]);
        await settle(outbox(), turn, [retry('unknown_user')], { environment: PRODUCTION, next: PARKED });
      }
      expect(await leave(PRODUCTION)).toBe(0);
      expect(await lease(outbox(), { environment: PRODUCTION })).toEqual({ kind: 'idle', until: PARKED.dueAt });
    });

    it('has nobody wait at another destination of it who has become known', async () => {
      const places = [
        { destination: HERE, environment: DEVELOPMENT },
        { destination: 'elsewhere', environment: PRODUCTION },
      ];
      await outbox().useEnvironments([...places, { destination: THERE, environment: DEVELOPMENT }]);
      for (const place of places) {
        await outbox().accept([track('one', { destination: place.destination })]);
        await settle(outbox(), await leaseTurn(outbox(), place), [retry('unknown_user')], { ...place, next: PARKED });
      }
      await outbox().accept([identify('two', { destination: THERE })]);
      const turn = await leaseTurn(outbox(), { destination: THERE, environment: DEVELOPMENT });
      await settle(outbox(), turn, [DELIVERED], { environment: DEVELOPMENT, learnt: [['anna', 'known']] });
      const [woken, asleep] = await Promise.all(places.map((place) => lease(outbox(), { ...place, now: NOW + 1_000 })));
      expect(woken).toMatchObject({ kind: 'turns', turns: [{ lanes: [{ lane: 'anna', attempts: 0 }] }] });
      expect(asleep).toEqual({ kind: 'idle', until: PARKED.dueAt });
    });

    it('has new lanes looked up of users that another one does not know', async () => {
      await start(DEVELOPMENT);
      await outbox().accept([track('one')]);
      await attempt(outbox(), [retry('unknown_user')], { environment: DEVELOPMENT, next: PARKED });
      await outbox().giveUp({ destination: HERE, before: NOW + 1, now: NOW, sentence: 'given up', limit: 100 });
      await start(PRODUCTION);
      await outbox().accept([track('two')]);
      const call = { environment: DEVELOPMENT, looksUp: true };
      expect(await lease(outbox(), call)).toEqual({ kind: 'idle', until: PARKED.dueAt });
      await leave(PRODUCTION, 10);
      expect(await lease(outbox(), { ...call, environment: PRODUCTION })).toMatchObject({ kind: 'turns' });
    });

    it('remembers whether UserLeap has taken something there', async () => {
      await start(DEVELOPMENT);
      await learn(DEVELOPMENT, { hasAnswered: false });
      expect(await outbox().hasAnswered(DEVELOPMENT)).toBe(false);
      await learn(`${DEVELOPMENT} again`);
      await outbox().accept([track('two'), track('three')]);
      await attempt(outbox(), [DELIVERED], { environment: DEVELOPMENT, hasAnswered: true });
      expect([await outbox().hasAnswered(DEVELOPMENT), await outbox().hasAnswered(PRODUCTION)]).toEqual([true, false]);
      expect(await (await reopen()).hasAnswered(DEVELOPMENT)).toBe(true);
    });
  });
}
