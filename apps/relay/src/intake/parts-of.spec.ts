import { partsOf } from './parts-of';

describe(partsOf.name, () => {
  const parts = (...sizes: readonly number[]) => [...partsOf(sizes, (size) => size, 10)];

  it('ends a part where it is long enough', () => {
    expect(parts(4, 6, 9, 25, 1)).toEqual([[4, 6], [9, 25], [1]]);
    expect(parts(10, 10)).toEqual([[10], [10]]);
  });

  it('makes one part of nothing', () => {
    expect(parts()).toEqual([[]]);
  });

  it('asks for no item before the part before it was taken', () => {
    const asked: number[] = [];
    function* items(): Iterable<number> {
      for (const item of [10, 20]) {
        asked.push(item);
        yield item;
      }
    }
    const [first] = partsOf(items(), (item) => item, 10);
    expect([first, asked]).toEqual([[10], [10]]);
  });
});
