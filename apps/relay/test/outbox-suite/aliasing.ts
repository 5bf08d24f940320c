import { attempt, lanesOf, lease, leaseTurn, messageIdsOf, settle } from './attempt';
import type { OutboxUnderTest } from './outbox-under-test';
import {
  aliasOf,
  deleteOf,
  DELIVERED,
  HERE,
  identify,
  LATER,
  NOW,
  PARKED,
  retry,
  THERE,
  trackOf,
} from './sample-events';

const ENVIRONMENT = 'endpoint and key';

export function describeAliasing({ outbox }: OutboxUnderTest): void {
  describe('lanes that an Alias binds', () => {
    it('go out together, in order of arrival, over several steps', async () => {
      await outbox().accept([
        trackOf('old', 'one'),
        aliasOf('old', 'anna', 'two'),
        trackOf('bert', 'three'),
        identify('four'),
        aliasOf('anna', 'cleo', 'five'),
        trackOf('cleo', 'six'),
      ]);
      const turn = await leaseTurn(outbox());
      expect(messageIdsOf(turn)).toEqual(['one', 'two', 'four', 'five', 'six']);
      expect([...lanesOf(turn)].sort()).toEqual(['anna', 'cleo', 'old']);
      expect(turn.isPurge).toBe(false);
      expect(lanesOf(await leaseTurn(outbox()))).toEqual(['bert']);
    });

    it('go out together though two old users have a new one with nothing of its own', async () => {
      await outbox().accept([aliasOf('old', 'anna', 'one'), aliasOf('older', 'anna', 'two')]);
      expect(messageIdsOf(await leaseTurn(outbox()))).toEqual(['one', 'two']);
    });

    it('wait while one of them is in flight', async () => {
      await outbox().accept([identify('one')]);
      const turn = await leaseTurn(outbox());
      await outbox().accept([aliasOf('old', 'anna', 'two')]);
      expect(await lease(outbox())).toEqual({ kind: 'idle', until: undefined });
      await settle(outbox(), turn);
      expect(messageIdsOf(await leaseTurn(outbox()))).toEqual(['two']);
    });

    it('wait for each other while the Alias backs off', async () => {
      await outbox().accept([aliasOf('old', 'anna', 'one')]);
      await attempt(outbox(), [retry('server_error')], { next: LATER });
      await outbox().accept([identify('two')]);
      expect(await lease(outbox())).toEqual({ kind: 'idle', until: LATER.dueAt });
      expect(messageIdsOf(await leaseTurn(outbox(), { now: NOW + 5_000 }))).toEqual(['one', 'two']);
    });

    it('wait no longer for an Alias that has failed five times', async () => {
      await outbox().accept([aliasOf('old', 'anna', 'one')]);
      await attempt(outbox(), [retry('server_error')], { next: { ...LATER, attempts: 5 } });
      await outbox().accept([identify('two')]);
      expect(messageIdsOf(await leaseTurn(outbox()))).toEqual(['two']);
    });

    it('wait for a Delete that backs off, and are not ready meanwhile', async () => {
      await outbox().accept([deleteOf('new', 'one')]);
      await attempt(outbox(), [retry('server_error')], { next: LATER });
      await outbox().accept([aliasOf('old', 'new', 'two'), aliasOf('old', 'anna', 'three'), identify('four')]);
      expect(await lease(outbox())).toEqual({ kind: 'idle', until: LATER.dueAt });
      expect(await outbox().readySince(HERE, NOW)).toBeUndefined();
    });

    it('wait no longer for an Alias that waits for a Delete that has failed five times', async () => {
      await outbox().accept([deleteOf('new', 'one')]);
      await attempt(outbox(), [retry('server_error')], { next: { ...LATER, attempts: 5 } });
      await outbox().accept([aliasOf('old', 'new', 'two'), aliasOf('old', 'anna', 'three'), identify('four')]);
      expect(messageIdsOf(await leaseTurn(outbox()))).toEqual(['four']);
      expect(await lease(outbox())).toEqual({ kind: 'idle', until: LATER.dueAt });
    });

    it('wait no longer for it where they are older than the Alias', async () => {
      await outbox().accept([deleteOf('new', 'one')]);
      await attempt(outbox(), [retry('server_error')], { next: { ...LATER, attempts: 5 } });
      await outbox().accept([identify('two'), aliasOf('old', 'new', 'three'), aliasOf('old', 'anna', 'four')]);
      expect(messageIdsOf(await leaseTurn(outbox()))).toEqual(['two']);
      expect(await lease(outbox())).toEqual({ kind: 'idle', until: LATER.dueAt });
    });

    it('do not wait for an Alias whose old user is unknown', async () => {
      await outbox().accept([aliasOf('old', 'anna', 'one')]);
      await attempt(outbox(), [retry('unknown_user')], { next: PARKED });
      await outbox().accept([identify('two')]);
      expect(messageIdsOf(await leaseTurn(outbox()))).toEqual(['two']);
    });
  });

  describe('what was delivered last', () => {
    const lastOf = (user: string) => outbox().lastDelivered(ENVIRONMENT, user);

    it('is known of a user, an Alias to it included', async () => {
      await outbox().useEnvironments([{ destination: HERE, environment: ENVIRONMENT }]);
      await outbox().accept([identify('one')]);
      await attempt(outbox(), [DELIVERED], { now: NOW + 1 });
      expect(await lastOf('anna')).toBe(NOW + 1);
      expect(await lastOf('new')).toBeUndefined();
      await outbox().accept([aliasOf('anna', 'new', 'two')]);
      await attempt(outbox(), [DELIVERED], { now: NOW + 2 });
      expect(await lastOf('new')).toBe(NOW + 2);
      await outbox().accept([trackOf('new', 'three')]);
      await attempt(outbox(), [retry('server_error')], { now: NOW + 3 });
      expect(await lastOf('new')).toBe(NOW + 2);
    });

    it('counts at whichever destination of the environment it was', async () => {
      await outbox().useEnvironments([
        { destination: HERE, environment: ENVIRONMENT },
        { destination: THERE, environment: ENVIRONMENT },
        { destination: 'elsewhere', environment: 'another' },
      ]);
      await outbox().accept([identify('one'), { ...identify('two'), destination: THERE }]);
      await attempt(outbox(), [DELIVERED], { now: NOW + 1 });
      expect(await lastOf('anna')).toBe(NOW + 1);
      await settle(outbox(), await leaseTurn(outbox(), { destination: THERE, now: NOW + 2 }), [DELIVERED], {
        now: NOW + 2,
      });
      expect(await lastOf('anna')).toBe(NOW + 2);
      expect(await outbox().lastDelivered('another', 'anna')).toBeUndefined();
    });
  });
}
