const MAX_DELAY_MS = 60 * 60 * 1000;
// As seconds they would be 31 years: some servers give the time itself, as seconds or milliseconds since 1970.
const EPOCH_SECONDS = 1e9;
const EPOCH_MILLISECONDS = 1e12;

/**
 * Milliseconds that UserLeap asks us to wait: `Retry-After` (seconds or an HTTP date), else `ratelimit-reset` (seconds);
 * at most an hour, twelve of its rate windows. A time is compared with the answer's own `Date`, `now` where it has none: two
 * clocks need not agree. Undefined where neither says anything readable, or asks for no wait: then it is the caller's to say.
 */
export function readRetryDelay(headers: Readonly<Record<string, string>>, now: number): number | undefined {
  const serverNow = readHttpDate(headers['date']) ?? now;
  const retryAfter = headers['retry-after'];
  const date = readHttpDate(retryAfter);
  const delay =
    readNumber(retryAfter, serverNow) ??
    (date === undefined ? undefined : date - serverNow) ??
    readNumber(headers['ratelimit-reset'], serverNow);
  return delay === undefined || delay <= 0 ? undefined : Math.min(delay, MAX_DELAY_MS);
}

function readNumber(value: string | undefined, serverNow: number): number | undefined {
  if (value === undefined || !/^\s*\d+(\.\d+)?\s*$/.test(value)) return undefined;
  const number = Number(value);
  if (number >= EPOCH_MILLISECONDS) return Math.ceil(number) - serverNow;
  const ms = Math.ceil(number * 1000);
  return number >= EPOCH_SECONDS ? ms - serverNow : ms;
}

function readHttpDate(value: string | undefined): number | undefined {
  // All three forms of an HTTP date (RFC 9110, 5.6.7) begin with the weekday.
  if (value === undefined || !/^\s*(Mon|Tue|Wed|Thu|Fri|Sat|Sun)/.test(value)) return undefined;
  const time = Date.parse(value);
  return Number.isNaN(time) ? undefined : time;
}
