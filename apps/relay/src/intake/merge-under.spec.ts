import { mergeUnder } from './merge-under';

describe(mergeUnder.name, () => {
  it('keeps what only one side has, and prefers its own', () => {
    const shared = { ip: '1', page: { url: 'a', title: 'b' }, list: [1] };
    const own = { page: { url: 'c' }, list: [2], locale: 'sv' };
    expect(mergeUnder(shared, own)).toEqual({ ip: '1', page: { url: 'c', title: 'b' }, list: [2], locale: 'sv' });
  });

  it('lets its own value of another kind stand', () => {
    expect(mergeUnder({ UserLeap: { a: 1 }, All: {} }, { UserLeap: false, All: null })).toEqual({
      UserLeap: false,
      All: null,
    });
  });

  it('takes special names for data', () => {
    const shared: Record<string, unknown> = JSON.parse('{"__proto__": {"polluted": 1}, "constructor": {"a": 1}}');
    const own: Record<string, unknown> = JSON.parse('{"__proto__": {"own": 2}, "toString": {}}');
    const merged = mergeUnder(shared, own);
    expect(JSON.stringify(merged)).toBe('{"__proto__":{"polluted":1,"own":2},"constructor":{"a":1},"toString":{}}');
    expect(Object.getPrototypeOf(merged)).toBe(Object.prototype);
    expect({}).not.toHaveProperty('polluted');
  });

  it('merges no deeper than traits are read', () => {
    const nest = (leaf: object): Record<string, unknown> => ({ a: { b: { c: { d: { e: leaf } } } } });
    expect(mergeUnder(nest({ x: 1 }), nest({ y: 2 }))).toEqual(nest({ y: 2 }));
  });
});
