import { soFar } from './so-far';

describe(soFar.name, () => {
  it('adds up', () => {
    expect(soFar([])).toEqual([]);
    expect(soFar([3, 0, 4])).toEqual([3, 3, 7]);
  });
});
