import { showDuration, showMany } from './show-numbers';

describe(showMany.name, () => {
  it.each([
    [1, '1 user'],
    [0, '0 users'],
    [1_234, '1,234 users'],
  ])('of %i says %s', (count, text) => expect(showMany(count, 'user')).toBe(text));
});

describe(showDuration.name, () => {
  it.each([
    [30_000, '30 s'],
    [125_000, '2 min 5 s'],
    [15_000_000, '4 h 10 min'],
  ])('of %i ms says %s', (ms, text) => expect(showDuration(ms)).toBe(text));
});
