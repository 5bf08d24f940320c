import { track } from '../../../test/outbox-suite/sample-events';
import { GroupCommit } from './group-commit';
import type { NewEvent } from '../port/outbox.port';

/** A store whose commits end when the test says so. */
class SlowStore {
  readonly commits: { readonly ids: readonly string[]; end(error?: Error): void }[] = [];

  commit(events: readonly NewEvent[]): Promise<void> {
    return new Promise((resolve, reject) => {
      const end = (error?: Error): void => (error ? reject(error) : resolve());
      this.commits.push({ ids: events.map(({ messageId }) => messageId), end });
    });
  }
}

describe(GroupCommit.name, () => {
  let store: SlowStore;
  let group: GroupCommit;
  beforeEach(() => {
    store = new SlowStore();
    group = new GroupCommit((events) => store.commit(events));
  });

  const ids = () => store.commits.map((commit) => commit.ids);
  const many = (count: number) => Array.from({ length: count }, (_, index) => track(`${index}`));

  it('commits at once what comes alone', async () => {
    const kept = group.accept([track('one')]);
    expect(ids()).toEqual([['one']]);
    store.commits[0]?.end();
    await kept;
  });

  it('lets what comes during a commit share the next one, in order', async () => {
    const first = group.accept([track('one')]);
    const rest = [group.accept([track('two'), track('three')]), group.accept([track('four')])];
    expect(ids()).toEqual([['one']]);
    store.commits[0]?.end();
    await first;
    expect(ids()).toEqual([['one'], ['two', 'three', 'four']]);
    store.commits[1]?.end();
    await Promise.all(rest);
  });

  it('tells nobody that events are kept before they are', async () => {
    const told: string[] = [];
    const first = group.accept([track('one')]).then(() => told.push('one'));
    const second = group.accept([track('two')]).then(() => told.push('two'));
    store.commits[0]?.end();
    await first;
    expect(told).toEqual(['one']);
    store.commits[1]?.end();
    await second;
    expect(told).toEqual(['one', 'two']);
  });

  it('tells a failure to those whose commit it was, and goes on', async () => {
    const first = group.accept([track('one')]);
    const second = group.accept([track('two')]);
    store.commits[0]?.end(new Error('disk full'));
    await expect(first).rejects.toThrow('disk full');
    store.commits[1]?.end();
    await second;
    const third = group.accept([track('three')]);
    store.commits[2]?.end();
    await third;
    expect(ids()).toEqual([['one'], ['two'], ['three']]);
  });

  it('makes no commit of more than 4 MB, unless it came together', async () => {
    const megabytes = [0, 3, 1, 1, 9, 1];
    const kept = megabytes.map((mb) => group.accept([track(`${mb}`, { body: 'x'.repeat(mb * 1024 * 1024) })]));
    for (const last of [0, 2, 3, 4, 5]) {
      store.commits.at(-1)?.end();
      await kept[last];
    }
    expect(ids()).toEqual([['0'], ['3', '1'], ['1'], ['9'], ['1']]);
  });

  it('makes no commit of more than 5000 events, unless they came together', async () => {
    const kept = [1, 3_000, 2_000, 1, 6_000].map((count) => group.accept(many(count)));
    for (let index = 0; index < kept.length - 1; index++) {
      store.commits[index]?.end();
      await kept[[0, 2, 3, 4][index] ?? 0];
    }
    expect(ids().map(({ length }) => length)).toEqual([1, 5_000, 1, 6_000]);
  });
});
