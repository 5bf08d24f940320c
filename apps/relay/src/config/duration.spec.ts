import { describeDuration, parseDuration } from './duration';

describe(parseDuration.name, () => {
  it.each([
    ['1s', 1_000],
    ['90s', 90_000],
    ['5m', 300_000],
    ['72h', 259_200_000],
    ['7d', 604_800_000],
    ['007d', 604_800_000],
    ['366d', 31_622_400_000],
  ])('reads %s', (text, milliseconds) => {
    expect(parseDuration(text)).toBe(milliseconds);
  });

  it.each(['', '7', 'd', '7 d', ' 7d', '7d\n', '7D', '7w', '1.5h', '-1s', '1h30m', '500ms', '123456789s'])(
    'refuses %j, which has another form',
    (text) => {
      expect(parseDuration(text)).toBeUndefined();
    },
  );

  it.each(['0s', '0d', '367d', '8785h'])('refuses %s, which is less than a second or more than a year', (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });
});

describe(describeDuration.name, () => {
  it.each([
    ['72h', '72 hours'],
    ['7d', '168 hours'],
    ['60m', '1 hour'],
    ['90m', '5400 seconds'],
    ['1s', '1 second'],
    ['20s', '20 seconds'],
  ])('writes %s as %s', (text, words) => {
    expect(describeDuration(parseDuration(text) ?? NaN)).toBe(words);
  });
});
