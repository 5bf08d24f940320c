import { consoleOf } from '../test/console-of';
import { createFunctionHost } from './create-function-host';
import { createRealm } from './create-realm';
import { createRealmCopier } from './realm-copier';

const REALM_CHECKS = `console.log(
  event instanceof Object, settings instanceof Object, event.list instanceof Array, event.at instanceof Date
);`;

describe(createRealmCopier.name, () => {
  const copy = createRealmCopier(createRealm({}));

  it('makes events and settings of the classes of the realm', async () => {
    expect(await consoleOf(REALM_CHECKS, {}, { list: [], at: new Date(0) })).toEqual(['true true true true']);
  });

  it('is left out for events from outside', async () => {
    const event = { list: [], at: new Date(0) };
    expect(await consoleOf(REALM_CHECKS, { eventRealm: 'outside' }, event)).toEqual(['false false false false']);
  });

  it('makes functions of the realm', async () => {
    const body = 'console.log(event.f instanceof Function, event.f())';
    expect(await consoleOf(body, {}, { f: () => 'host' })).toEqual(['true undefined']);
  });

  it('keeps what JSON would lose', () => {
    const source = {
      nan: NaN,
      minus: -0,
      infinite: -Infinity,
      none: undefined,
      big: 1n,
      lone: '\ud800',
      sign: Symbol.iterator,
    };
    const copied = copy(source) as typeof source;
    expect({ ...copied }).toStrictEqual(source);
  });

  it('keeps the time of dates, valid or not', () => {
    const times = (copy([new Date(5), new Date(NaN)]) as Date[]).map((date) => date.getTime());
    expect(times).toEqual([5, NaN]);
  });

  it('keeps the holes and the length of arrays', () => {
    const sparse: unknown[] = [];
    sparse[2] = 'x';
    sparse.length = 5;
    const copied = copy(sparse) as unknown[];
    expect([copied.length, Object.keys(copied)]).toEqual([5, ['2']]);
  });

  it('keeps an own __proto__ an own property, without changing the prototype', async () => {
    const { inner } = JSON.parse('{ "inner": { "__proto__": { "polluted": true } } }') as { inner: object };
    const body = `console.log(
      Object.keys(event.inner).join(), event.inner.polluted, Object.getPrototypeOf(event.inner) === Object.prototype
    )`;
    expect(await consoleOf(body, {}, { inner })).toEqual(['__proto__ undefined true']);
  });

  it('keeps cycles and shared parts', () => {
    const shared = {};
    const source: Record<string, unknown> = { a: shared, b: shared };
    source.self = source;
    const copied = copy(source) as Record<string, unknown>;
    expect([copied.self === copied, copied.a === copied.b, copied.a === shared]).toEqual([true, true, false]);
  });

  it('copies 20,000 levels of nesting', () => {
    let source: unknown[] = [];
    for (let level = 1; level < 20_000; level++) source = [source];
    let depth = 0;
    for (let copied: unknown = copy(source); Array.isArray(copied); copied = copied[0]) depth++;
    expect(depth).toBe(20_000);
  });

  it('works when the code has replaced the constructors', async () => {
    const host = createFunctionHost({
      code: 'globalThis.Array = globalThis.Date = undefined; function onTrack(event) { console.log(event.list.length); }',
      loader: 'script',
    });
    await host.deliver({ type: 'track', list: [1], at: new Date(0) }, {});
    expect(host.consoleOutput()).toEqual(['1']);
  });

  it('gives each call its own copy, and leaves the original alone', async () => {
    const code = 'function onTrack(event, settings) { console.log(event.n++, settings.list.push(1)); }';
    const host = createFunctionHost({ code, loader: 'wrapper' });
    const event = { type: 'track', n: 0 };
    const settings = { list: [] };
    await host.deliver(event, settings);
    await host.deliver(event, settings);
    expect(host.consoleOutput()).toEqual(['0 1', '0 1']);
    expect([event, settings]).toEqual([{ type: 'track', n: 0 }, { list: [] }]);
  });

  it('makes batches of the classes of the realm', async () => {
    const code = `function onBatch(events) {
      return events.map((event) => ({ status: events instanceof Array && event instanceof Object ? 200 : 400 }));
    }`;
    const host = createFunctionHost({ code, loader: 'wrapper' });
    expect(await host.deliverBatch([{}], {})).toEqual([{ verdict: 'delivered', status: 200 }]);
  });
});
