const MAX_DELAY_MS = 60 * 60 * 1000;

/**
 * Milliseconds that UserLeap asks us to wait: `Retry-After` (seconds or an HTTP date), else `ratelimit-reset` (seconds);
 * at most an hour, twelve of its rate windows. Undefined where neither says anything readable.
 */
export function readRetryDelay(headers: Readonly<Record<string, string>>, now: number): number | undefined {
  const delay =
    readSeconds(headers['retry-after']) ??
    readHttpDate(headers['retry-after'], now) ??
    readSeconds(headers['ratelimit-reset']);
  return delay === undefined ? undefined : Math.min(delay, MAX_DELAY_MS);
}

function readSeconds(value: string | undefined): number | undefined {
  return value !== undefined && /^\s*\d+(\.\d+)?\s*$/.test(value) ? Math.ceil(Number(value) * 1000) : undefined;
}

function readHttpDate(value: string | undefined, now: number): number | undefined {
  // All three forms of an HTTP date (RFC 9110, 5.6.7) begin with the weekday.
  if (value === undefined || !/^\s*(Mon|Tue|Wed|Thu|Fri|Sat|Sun)/.test(value)) return undefined;
  const time = Date.parse(value);
  return Number.isNaN(time) ? undefined : Math.max(0, time - now);
}
