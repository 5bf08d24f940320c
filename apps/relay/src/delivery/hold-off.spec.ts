import { replyWith } from '../../test/stub-client';
import { HoldOff } from './hold-off';

const NOW = Date.UTC(2026, 0, 15, 10);

describe(HoldOff.name, () => {
  let holdOff: HoldOff;
  beforeEach(() => (holdOff = new HoldOff()));

  /** A request that begins when the one before it was answered. */
  const send = (status: number, headers: Readonly<Record<string, string>> = {}) =>
    holdOff.begin().answered(replyWith(status, headers), { now: NOW, chance: 1 });

  it.each<[string, Readonly<Record<string, string>>]>([
    ['no header', {}],
    ['no seconds', { 'retry-after': '0' }],
    ['half a second', { 'retry-after': '0.5' }],
    ['a date in the past', { 'retry-after': 'Thu, 15 Jan 2026 09:59:00 GMT' }],
    ['a reset in no seconds', { 'ratelimit-reset': '0' }],
    ['a reset at a time in the past', { 'ratelimit-reset': String(NOW / 1000 - 60) }],
  ])('is longer with each 429 in a row, at most five minutes: %s', (_, headers) => {
    const held = Array.from({ length: 12 }, () => send(429, headers));
    expect(held.slice(0, 4)).toEqual([2_000, 4_000, 8_000, 16_000]);
    expect(held.at(-1)).toBe(300_000);
  });

  it('is as long as UserLeap says where that is longer', () => {
    expect(send(429, { 'retry-after': '60' })).toBe(60_000);
    expect(send(429, { 'ratelimit-reset': String(NOW / 1000 + 30) })).toBe(30_000);
  });

  it('is for 503, too, where that names a time', () => {
    expect(send(503, { 'retry-after': '120' })).toBe(120_000);
    expect(send(503)).toBeUndefined();
    expect(send(500, { 'retry-after': '120' })).toBeUndefined();
  });

  it('tells that it is unavailable once 503 has come twice, until it answers', () => {
    send(503, { 'retry-after': '1' });
    expect(holdOff.isUnavailable).toBe(false);
    send(503, { 'retry-after': '1' });
    expect(holdOff.isUnavailable).toBe(true);
    send(202);
    expect(holdOff.isUnavailable).toBe(false);
    send(429);
    send(429);
    expect(holdOff.isUnavailable).toBe(false);
  });

  it('begins anew after an answer, not after a failure', () => {
    send(429);
    send(500);
    holdOff.begin().answered({ failure: 'timeout' }, { now: NOW, chance: 1 });
    expect(send(429)).toBe(4_000);
    expect(send(202)).toBeUndefined();
    expect(send(429)).toBe(2_000);
  });

  it('is no longer for what was under way together, and an answer to that ends nothing', () => {
    const [first, second, third] = [holdOff.begin(), holdOff.begin(), holdOff.begin()];
    const call = { now: NOW, chance: 1 };
    expect(first.answered(replyWith(429), call)).toBe(2_000);
    expect(second.answered(replyWith(429, { 'retry-after': '9' }), call)).toBe(9_000);
    expect(third.answered(replyWith(202), call)).toBeUndefined();
    expect(send(429)).toBe(4_000);
  });
});
