import { consoleOf } from '../test/console-of';
import { createCache } from './create-cache';
import { createFunctionHost } from './create-function-host';

const LOAD_TWICE = `
  let loads = 0;
  const load = () => cache.load('k', 1000, async () => ++loads);
  console.log(await load(), await load());`;

describe(createCache.name, () => {
  it('keeps a value from one event to the next', async () => {
    const code =
      'let loads = 0; async function onTrack() { console.log(await cache.load("k", 1000, async () => ++loads)); }';
    const host = createFunctionHost({ code, loader: 'wrapper' });
    await host.deliver({ type: 'track' }, {});
    await host.deliver({ type: 'track' }, {});
    expect(host.consoleOutput()).toEqual(['1', '1']);
  });

  it('keeps nothing when it was emptied in between', async () => {
    const code =
      'let loads = 0; async function onTrack() { console.log(await cache.load("k", 1000, async () => ++loads)); }';
    const host = createFunctionHost({ code, loader: 'wrapper' });
    await host.deliver({ type: 'track' }, {});
    host.emptyCache();
    await host.deliver({ type: 'track' }, {});
    expect(host.consoleOutput()).toEqual(['1', '2']);
  });

  it('keeps nothing when it forgets', async () => {
    expect(await consoleOf(LOAD_TWICE, { cache: 'forgets' })).toEqual(['1 2']);
  });

  it('rejects and throws when it is to throw', async () => {
    const body = `
      await cache.load('k', 1, async () => 1).catch((error) => console.log(error.message));
      try { cache.delete('k'); } catch (error) { console.log(error.message); }`;
    expect(await consoleOf(body, { cache: 'throws' })).toEqual([
      'the cache is out of order',
      'the cache is out of order',
    ]);
  });

  it('never settles when it is to hang', async () => {
    const code = `async function onTrack(event) {
      await (event.load ? cache.load('k', 1, async () => 1) : cache.delete('k'));
    }`;
    const host = createFunctionHost({ code, loader: 'wrapper', cache: 'hangs', timeLimitMs: 5 });
    const verdicts = [true, false].map((load) => host.deliver({ type: 'track', load }, {}));
    expect(await Promise.all(verdicts)).toMatchObject([{ verdict: 'retried' }, { verdict: 'retried' }]);
  });

  describe('that works', () => {
    let time = 0;
    let loads = 0;
    const countLoads = () => ++loads;
    beforeEach(() => (time = loads = 0));
    const newCache = () => createCache('works', () => time);

    it('loads again when the time to live is over', async () => {
      const cache = newCache();
      await cache.load('k', 100, countLoads);
      time = 99;
      expect(await cache.load('k', 100, countLoads)).toBe(1);
      time = 100;
      expect(await cache.load('k', 100, countLoads)).toBe(2);
    });

    it.each([[undefined], [-1]])('never expires a value with the time to live %s', async (ttlMs) => {
      const cache = newCache();
      await cache.load('k', ttlMs, countLoads);
      time = Number.MAX_SAFE_INTEGER;
      expect(await cache.load('k', ttlMs, countLoads)).toBe(1);
    });

    it('shares one call between concurrent loads of a key', async () => {
      const cache = newCache();
      expect(await Promise.all([cache.load('k', 0, countLoads), cache.load('k', 0, countLoads)])).toEqual([1, 1]);
    });

    it('keeps keys apart', async () => {
      const cache = newCache();
      expect([await cache.load('a', 9, countLoads), await cache.load('b', 9, countLoads)]).toEqual([1, 2]);
    });

    it('rejects as the loader does, and keeps nothing of it', async () => {
      const cache = newCache();
      const fail = () => Promise.reject(new Error('no'));
      const both = [cache.load('k', 9, fail), cache.load('k', 9, fail)];
      await expect(Promise.allSettled(both)).resolves.toMatchObject([{ status: 'rejected' }, { status: 'rejected' }]);
      expect(await cache.load('k', 9, countLoads)).toBe(1);
    });

    it('loads again after a delete', async () => {
      const cache = newCache();
      await cache.load('k', 9, countLoads);
      cache.delete('k');
      expect(await cache.load('k', 9, countLoads)).toBe(2);
    });
  });
});
