import { InFlightLimit } from './in-flight-limit';

const TAKEN = { status: 202, headers: {}, body: '' };
const FAILED = { ...TAKEN, status: 500 };

/** The limit of a plan once UserLeap has answered so often after so many milliseconds. */
function limitOf(requests: number, windowMs: number, answerMs: number, answers = 200): InFlightLimit {
  const limit = new InFlightLimit({ requests, windowMs });
  for (let answer = 0; answer < answers; answer += 1) limit.note(TAKEN, answerMs, answer * answerMs);
  return limit;
}

describe(InFlightLimit.name, () => {
  it('lets eight requests be in flight before it knows how long an answer takes', () => {
    expect(new InFlightLimit({ requests: 1_000, windowMs: 1_000 }).requests).toBe(8);
  });

  it.each([
    [1_000, 300_000, 50],
    [1_000, 300_000, 3_000],
    [10_000, 300_000, 50],
    [10_000, 300_000, 3_000],
    [1_000, 1_000, 50],
    [1_000, 1_000, 150],
  ])(
    'lets as many be in flight as it takes to send %i in %i ms with answers of %i ms',
    (requests, windowMs, answerMs) => {
      const needed = (requests / windowMs) * answerMs;
      const limit = limitOf(requests, windowMs, answerMs).requests;
      expect(limit).toBeGreaterThanOrEqual(needed);
      expect(limit).toBeLessThanOrEqual(Math.max(8, 2 * needed + 76));
    },
  );

  it('lets never more than 256 be in flight', () => {
    expect(limitOf(1_000, 1_000, 10_000).requests).toBe(256);
  });

  it('lets hardly more be in flight at once where answers begin to take ten times as long', () => {
    const limit = limitOf(1_000, 1_000, 50);
    const before = limit.requests;
    for (let answer = 0; answer < 5; answer += 1) limit.note(TAKEN, 500, 100_000 + answer);
    expect(limit.requests).toBeLessThan(1.5 * before);
    for (let answer = 0; answer < 500; answer += 1) limit.note(TAKEN, 500, 200_000 + answer);
    expect(limit.requests).toBe(256);
  });

  it('halves with each failure, down to one, but once for what was in flight together', () => {
    const limit = limitOf(1_000, 1_000, 50);
    const before = limit.requests;
    for (let together = 0; together < before; together += 1) limit.note(FAILED, 50, 100_000);
    expect(limit.requests).toBe(Math.floor(before / 2));
    for (let round = 1; round <= 20; round += 1) limit.note({ failure: 'timeout' }, 10_000, 100_000 + round * 10_000);
    expect(limit.requests).toBe(1);
  });

  it('grows again by one with each answer', () => {
    const limit = limitOf(1_000, 1_000, 50);
    const before = limit.requests;
    for (let round = 1; round <= 20; round += 1) limit.note(FAILED, 50, 100_000 * round);
    for (let answer = 0; answer < 10; answer += 1) limit.note(TAKEN, 50, 3_000_000);
    expect(limit.requests).toBe(11);
    for (let answer = 0; answer < before; answer += 1) limit.note(TAKEN, 50, 3_000_000);
    expect(limit.requests).toBe(before);
  });
});
