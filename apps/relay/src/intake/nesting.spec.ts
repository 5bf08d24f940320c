import { cutBelow, isDeeperThan } from './nesting';

const NESTED = { a: [{ b: 1 }], c: 'd' };

describe(isDeeperThan.name, () => {
  it('counts arrays and objects', () => {
    expect([0, 1, 2, 3, 4].map((levels) => isDeeperThan(NESTED, levels))).toEqual([true, true, true, false, false]);
    expect(isDeeperThan('text', 0)).toBe(false);
    expect(isDeeperThan(null, 0)).toBe(false);
  });
});

describe(cutBelow.name, () => {
  it('puts null in the place of what is too deep', () => {
    expect(cutBelow(NESTED, 3)).toEqual(NESTED);
    expect(cutBelow(NESTED, 2)).toEqual({ a: [null], c: 'd' });
    expect(cutBelow(NESTED, 1)).toEqual({ a: null, c: 'd' });
  });
});
