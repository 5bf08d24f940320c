import type { UpsertOperation } from '@segment-userleap/mapping';
import type { Pending } from './pending';
import { ToldValues } from './told-values';

function upsert(at: number, index: number, traits: Readonly<Record<string, string>>, emailAddress?: string) {
  const attributes = new Map(Object.entries(traits));
  const address = emailAddress === undefined ? {} : { emailAddress };
  const common = { kind: 'upsert', userId: 'u1', createsUser: false, receivedAt: at } as const;
  const operation: UpsertOperation = { ...common, at, attributes, events: [{ event: 'A', timestamp: at }], ...address };
  return { index, operation, warnings: [] } satisfies Pending<UpsertOperation>;
}

describe(ToldValues.name, () => {
  it('leaves out what is older than what was told, and nothing else', () => {
    const told = new ToldValues();
    told.note(upsert(2, 0, { plan: 'pro' }, 'new@example.com'));
    const news = told.newsOf(upsert(1, 1, { plan: 'free', seats: '3' }, 'old@example.com'));
    expect(news).toEqual(upsert(1, 1, { seats: '3' }));
  });

  it('keeps what is newer, of the same time the later arrival', () => {
    const told = new ToldValues();
    told.note(upsert(2, 1, { plan: 'pro' }));
    expect(told.newsOf(upsert(3, 0, { plan: 'free' })).operation.attributes.size).toBe(1);
    expect(told.newsOf(upsert(2, 2, { plan: 'free' })).operation.attributes.size).toBe(1);
    expect(told.newsOf(upsert(2, 0, { plan: 'free' })).operation.attributes.size).toBe(0);
  });

  it('remembers the newest, whatever order they are told in', () => {
    const told = new ToldValues();
    told.note(upsert(3, 0, {}, 'new@example.com'));
    told.note(upsert(1, 1, {}, 'old@example.com'));
    expect(told.newsOf(upsert(2, 2, {}, 'other@example.com')).operation).not.toHaveProperty('emailAddress');
  });
});
