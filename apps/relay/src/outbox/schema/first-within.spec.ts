import { firstWithin } from './first-within';

describe(firstWithin.name, () => {
  const within = (...sizes: readonly number[]) =>
    firstWithin(
      sizes.map((bytes) => ({ bytes })),
      10,
    ).map(({ bytes }) => bytes);

  it('takes as many as there is room for', () => {
    expect(within(4, 6, 1)).toEqual([4, 6]);
    expect(within(4, 7, 1)).toEqual([4]);
    expect(within(1, 2)).toEqual([1, 2]);
    expect(within()).toEqual([]);
  });

  it('takes the first one, however large it is', () => {
    expect(within(25, 0)).toEqual([25]);
  });
});
