import { isRecord } from './is-record';

/**
 * Milliseconds that an answer asks to wait: `Retry-After` (seconds or a date, RFC 9110, 10.2.3), else `msBeforeNext` of the
 * error (Segment Public API, Rate Limits, 2026); `undefined` where it says neither.
 */
export function readRetryDelay(retryAfter: string | null, answer: unknown, now: number): number | undefined {
  return readRetryAfter(retryAfter, now) ?? readMsBeforeNext(answer);
}

function readRetryAfter(text: string | null, now: number): number | undefined {
  if (text === null) return undefined;
  if (/^\d+$/.test(text.trim())) return Number(text) * 1_000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

function readMsBeforeNext(answer: unknown): number | undefined {
  const [error] = isRecord(answer) && Array.isArray(answer.errors) ? (answer.errors as unknown[]) : [];
  const delay = isRecord(error) && isRecord(error.data) ? error.data.msBeforeNext : undefined;
  return typeof delay === 'number' && delay >= 0 ? delay : undefined;
}
