import { parseSettings } from '@segment-userleap/mapping';
import type { Settings } from '@segment-userleap/mapping';
import type { UserLeapReply } from '@segment-userleap/userleap-api';
import { deliverBulk } from './deliver-bulk';
import type { BulkPorts } from './deliver-bulk';

const NOW = Date.UTC(2026, 0, 1, 12);
const MINUTE = 60_000;

function settingsOf(): Settings {
  const parsed = parseSettings({ apiKey: 'key' }, { unknownUserGraceSeconds: 300 });
  if (!parsed.ok) throw new Error('wrong settings');
  return parsed.value;
}

function identify(userId: string, traits: object, at = NOW) {
  return { type: 'identify', userId, traits, timestamp: new Date(at).toISOString() };
}

const many = (count: number, traits: object, at = NOW) =>
  Array.from({ length: count }, (_, user) => identify(`user-${user}`, traits, at));

/** A host that remembers, and a UserLeap that answers so. */
class Host implements BulkPorts {
  readonly bodies: string[] = [];
  readonly known = new Set<string>();
  readonly memories = new Map<string, Uint8Array>();
  readonly unchangedMs = 24 * 60 * MINUTE;
  readonly users = {
    isKnown: async (userId: string) => this.known.has(userId),
    remember: async (userId: string) => void this.known.add(userId),
    erased: async () => undefined,
    lastTold: async () => undefined,
    hasAnswered: async () => true,
    answered: async () => undefined,
    loadMemory: async (userId: string) => this.memories.get(userId),
    keepMemory: async (userId: string, memory: Uint8Array) => void this.memories.set(userId, memory),
    secret: [1, 2] as const,
  };

  constructor(readonly status = 202) {}

  now = (): number => NOW + MINUTE;

  send = async (): Promise<UserLeapReply> => {
    throw new Error('nobody is told alone');
  };

  sendBulk = async ({ body = '' }: { body?: string }): Promise<UserLeapReply> => {
    this.bodies.push(body);
    return { status: this.status, headers: {}, body: '' };
  };

  mayTell = async (users: readonly string[]) => new Set(users.filter((user) => !user.startsWith('over')));
  breathe = async () => undefined;

  deliver(events: readonly object[]) {
    return deliverBulk(events, settingsOf(), this);
  }
}

describe(deliverBulk.name, () => {
  it('tells of users with the same columns in one request, and knows them from then on', async () => {
    const host = new Host();
    const { outcomes } = await host.deliver(many(150, { plan: 'pro', seats: 5 }));
    expect(host.bodies).toHaveLength(1);
    expect(host.bodies[0]?.split('\r\n').slice(0, 2)).toEqual(['user_id,plan,seats', 'user-0,pro,5']);
    expect(outcomes).toHaveLength(150);
    expect(outcomes.every((outcome) => outcome?.outcome === 'delivered')).toBe(true);
    expect(host.known.size).toBe(150);
  });

  it('leaves no cell empty: other columns are another request, and few users of a kind are left', async () => {
    const host = new Host();
    const address = (user: number) => ({ plan: 'pro', email: `u${user}@example.com` });
    const addressed = Array.from({ length: 120 }, (_, user) => identify(`addressed-${user}`, address(user)));
    const { outcomes, isRefused } = await host.deliver([
      ...many(130, { plan: 'pro' }),
      ...addressed,
      identify('odd', { odd: 1 }),
      identify('empty', { plan: '' }),
    ]);
    expect(host.bodies.map((body) => body.split('\r\n')[0]).sort()).toEqual(['user_id,email,plan', 'user_id,plan']);
    expect(host.bodies.join('')).not.toMatch(/,,|,\r\n/);
    expect(outcomes.slice(250)).toEqual([undefined, undefined]);
    expect(isRefused).toBe(false);
  });

  it('leaves out who may not be told of', async () => {
    const host = new Host();
    const { outcomes } = await host.deliver([...many(150, { plan: 'pro' }), identify('over', { plan: 'pro' })]);
    expect(host.bodies.join('')).not.toContain('over');
    expect(outcomes[150]).toBeUndefined();
  });

  it('tells nothing twice, and takes nothing back', async () => {
    const host = new Host();
    await host.deliver(many(150, { plan: 'new', seats: 5 }));
    const again = await host.deliver(many(150, { plan: 'new' }, NOW + 1));
    expect(again.outcomes[0]).toMatchObject({ outcome: 'filtered', reason: 'unchanged' });
    const older = await host.deliver(many(150, { plan: 'old', since: 2019 }, NOW - MINUTE));
    expect(host.bodies).toHaveLength(2);
    expect(host.bodies[1]?.split('\r\n').slice(0, 2)).toEqual(['user_id,since', 'user-0,2019']);
    expect(older.outcomes[0]).toMatchObject({
      outcome: 'delivered',
      warnings: [{ code: 'stale_value', trait: 'plan' }],
    });
  });

  it('takes the last of what a user says, by the time of the events', async () => {
    const host = new Host();
    const events = [...many(150, { plan: 'second' }), ...many(150, { plan: 'first' }, NOW - MINUTE)];
    await host.deliver(events);
    expect(host.bodies[0]?.split('\r\n')[1]).toBe('user-0,second');
  });

  it.each([400, 404, 422])('leaves all of them where UserLeap answers %d', async (status) => {
    const host = new Host(status);
    const { outcomes, isRefused } = await host.deliver(many(150, { plan: 'pro' }));
    expect(isRefused).toBe(true);
    expect(outcomes.every((outcome) => outcome === undefined)).toBe(true);
    expect(host.known.size).toBe(0);
  });

  it.each([
    [401, 'unauthorized'],
    [429, 'rate_limited'],
    [503, 'server_error'],
  ])('has all of them wait where UserLeap answers %d, and sends no more', async (status, reason) => {
    const host = new Host(status);
    const others = many(150, { seats: 5 }).map((event) => ({ ...event, userId: `other-${event.userId}` }));
    const { outcomes, isRefused } = await host.deliver([...many(150, { plan: 'pro' }), ...others]);
    expect(isRefused).toBe(false);
    expect(host.bodies).toHaveLength(1);
    expect(outcomes).toHaveLength(300);
    for (const outcome of outcomes) expect(outcome).toMatchObject({ outcome: 'retry', reason });
  });

  it('does not count on what nobody knows to have arrived', async () => {
    const host = new Host();
    await host.deliver(many(150, { plan: 'pro' }));
    const failing = new Host(503);
    for (const [userId, memory] of host.memories) failing.memories.set(userId, memory);
    for (const userId of host.known) failing.known.add(userId);
    await failing.deliver(many(150, { plan: 'free' }, NOW + 1));
    const { outcomes } = await failing.deliver(many(150, { plan: 'pro' }, NOW + 2));
    expect(outcomes[0]).toMatchObject({ outcome: 'retry' });
  });
});
