import { parseRateLimit } from './parse-rate-limit';

describe(parseRateLimit.name, () => {
  it.each([
    ['1000/300s', { requests: 1_000, windowMs: 300_000 }],
    ['30/3s', { requests: 30, windowMs: 3_000 }],
    ['1/1m', { requests: 1, windowMs: 60_000 }],
    ['9999999/1d', { requests: 9_999_999, windowMs: 86_400_000 }],
  ])('reads %s', (text, limit) => {
    expect(parseRateLimit(text)).toEqual(limit);
  });

  it.each(['', '1000', '1000/', '/300s', '1000/300', '1000/0s', '1000/s', '1000 / 300s', '1000/300s '])(
    'refuses %j, which has another form',
    (text) => {
      expect(parseRateLimit(text)).toBeUndefined();
    },
  );

  it.each(['0/300s', '-1/300s', '1.5/300s', '01/300s', '10000000/300s'])('refuses the number of %s', (text) => {
    expect(parseRateLimit(text)).toBeUndefined();
  });
});
