import { readRetryDelay } from './retry-delay';

const NOW = Date.parse('2026-01-01T00:00:00Z');
const ANSWER = { errors: [{ type: 'RequestError', message: 'Too many requests', data: { msBeforeNext: 57_647 } }] };

describe(readRetryDelay.name, () => {
  it.each([
    ['seconds', '3', ANSWER, 3_000],
    ['a date', 'Thu, 01 Jan 2026 00:00:10 GMT', ANSWER, 10_000],
    ['a date that is over', 'Wed, 31 Dec 2025 23:00:00 GMT', ANSWER, 0],
    ['msBeforeNext', null, ANSWER, 57_647],
    ['msBeforeNext beside a header that cannot be read', 'soon', ANSWER, 57_647],
    ['nothing', null, undefined, undefined],
    ['a negative time', null, { errors: [{ data: { msBeforeNext: -1 } }] }, undefined],
  ])('reads %s', (_, retryAfter, answer, delayMs) => {
    expect(readRetryDelay(retryAfter, answer, NOW)).toBe(delayMs);
  });
});
