import { VirtualClock } from '../../test/virtual-clock';
import type { UserLeapReply } from '@segment-userleap/userleap-api';
import type { Reserved } from '../outbox/port/turn';
import type { Destination } from '../config/relay-config';
import { KeyChecks } from './key-checks';
import type { UserLeapClient } from './userleap-client';

describe(KeyChecks.name, () => {
  const clock = new VirtualClock();
  const budget = { id: 'environment', requests: 1, windowMs: 60_000 };
  const destination = { budget, settings: { apiKey: 'key', endpoint: 'https://userleap.example' } } as Destination;
  let sent = 0;
  const checks = (reserved: Reserved): KeyChecks => {
    const send = async (): Promise<UserLeapReply> => ((sent += 1), { status: 404, headers: {}, body: '' });
    return new KeyChecks({ reserve: async () => reserved }, clock, { send } as unknown as UserLeapClient);
  };
  beforeEach(() => (sent = 0));

  it('asks UserLeap in a place of the rate budget', async () => {
    const taken = { kind: 'places', ids: [1], usableUntil: clock.budgetNow() } as const;
    expect(await checks(taken).check(destination)).toMatchObject({ ok: true, status: 404 });
    expect(sent).toBe(1);
  });

  it('asks nobody where the budget leaves no request, and says for how long', async () => {
    const none = { kind: 'wait', until: clock.budgetNow() + 41_500 } as const;
    const message = 'not tried: the rate limit leaves no request for 42 s';
    expect(await checks(none).check(destination)).toEqual({ ok: false, status: null, message });
    expect(sent).toBe(0);
  });
});
