import { mostOf } from './most-of';

describe(mostOf.name, () => {
  it('passes over what is not known', () => {
    expect(mostOf([null, 3, 0, 7, null, 5])).toBe(7);
    expect(mostOf([null, 0])).toBe(0);
  });

  it('is nothing where nothing is known', () => {
    expect(mostOf([null, null])).toBeNull();
    expect(mostOf([])).toBeNull();
  });
});
