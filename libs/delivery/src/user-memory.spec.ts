import type { UpsertOperation } from '@segment-userleap/mapping';
import type { Pending } from './pending';
import { UserMemory } from './user-memory';

const SECRET = [1, 2] as const;
const NOW = Date.UTC(2026, 0, 15, 10);

function upsert(at: number, index: number, traits: Readonly<Record<string, string>>, emailAddress?: string) {
  const attributes = new Map(Object.entries(traits));
  const address = emailAddress === undefined ? {} : { emailAddress };
  const common = { kind: 'upsert', userId: 'u1', createsUser: true, receivedAt: at } as const;
  const operation: UpsertOperation = { ...common, at, attributes, events: [], ...address };
  return { index, operation, warnings: [] } satisfies Pending<UpsertOperation>;
}

function tell(memory: UserMemory, { index, operation }: Pending<UpsertOperation>, toldAt = NOW): void {
  memory.note(operation, index, () => operation.at, toldAt);
}

function attributesOf(memory: UserMemory, one: Pending<UpsertOperation>): readonly string[] {
  return [...memory.newsOf(one).upsert.operation.attributes.keys()];
}

function again(memory: UserMemory, userId = 'u1', secret: readonly [number, number] = SECRET): UserMemory {
  return new UserMemory(userId, secret, memory.write());
}

describe(UserMemory.name, () => {
  it('leaves out what is older than what was told, and nothing else', () => {
    const memory = new UserMemory('u1', SECRET);
    tell(memory, upsert(2, 0, { plan: 'pro' }, 'new@example.com'));
    const { upsert: news, stale } = memory.newsOf(upsert(1, 1, { plan: 'free', seats: '3' }, 'old@example.com'));
    expect(news).toEqual(upsert(1, 1, { seats: '3' }));
    // Calls that share a run overtake each other all the time.
    expect(stale).toEqual([]);
  });

  it('names what it leaves out because an earlier run told a newer value', () => {
    const memory = new UserMemory('u1', SECRET);
    tell(memory, upsert(2, 0, { plan: 'pro' }, 'new@example.com'));
    const { stale } = again(memory).newsOf(upsert(1, 1, { plan: 'free', seats: '3' }, 'old@example.com'));
    expect(stale).toEqual([
      { code: 'stale_value', trait: 'plan' },
      { code: 'stale_value', trait: 'email' },
    ]);
  });

  it('keeps what is newer, of the same time the later arrival, and what any later run says', () => {
    const memory = new UserMemory('u1', SECRET);
    tell(memory, upsert(2, 1, { plan: 'pro' }));
    expect(attributesOf(memory, upsert(3, 0, { plan: 'free' }))).toEqual(['plan']);
    expect(attributesOf(memory, upsert(2, 2, { plan: 'free' }))).toEqual(['plan']);
    expect(attributesOf(memory, upsert(2, 0, { plan: 'free' }))).toEqual([]);
    expect(attributesOf(again(memory), upsert(2, 0, { plan: 'free' }))).toEqual(['plan']);
  });

  it('remembers the newest, whatever order they are told in', () => {
    const memory = new UserMemory('u1', SECRET);
    tell(memory, upsert(3, 0, {}, 'new@example.com'));
    tell(memory, upsert(1, 1, {}, 'old@example.com'));
    expect(memory.newsOf(upsert(2, 2, {}, 'other@example.com')).upsert.operation).not.toHaveProperty('emailAddress');
  });

  it('holds what was told since then, as long as nobody doubts it', () => {
    const memory = new UserMemory('u1', SECRET);
    const holds = (since: number, now = NOW): boolean => memory.holds(upsert(5, 1, { plan: 'pro' }), since, now);
    expect(holds(0)).toBe(false);
    tell(memory, upsert(2, 0, { plan: 'pro' }));
    expect([holds(NOW), holds(NOW + 1, NOW + 9), holds(0, NOW - 1)]).toEqual([true, false, false]);
    expect(memory.doubt({ attributes: new Map([['plan', 'free']]) })).toBe(true);
    expect(memory.doubt({ attributes: new Map([['plan', 'free']]) })).toBe(false);
    expect(holds(1)).toBe(false);
  });

  it('is of no use for another user, or with another secret', () => {
    const memory = new UserMemory('u1', SECRET);
    const plan = upsert(2, 0, { plan: 'pro' });
    tell(memory, plan);
    expect(again(memory).holds(plan, 0, NOW)).toBe(true);
    expect(again(memory, 'u2').holds(plan, 0, NOW)).toBe(false);
    expect(again(memory, 'u1', [1, 3]).holds(plan, 0, NOW)).toBe(false);
  });
});
