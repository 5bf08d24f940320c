import type { RateLimit } from '@segment-userleap/delivery';
import { parseDuration } from './duration';

/** `1000/300s`: requests in a window; undefined where the text is no rate limit. */
export function parseRateLimit(text: string): RateLimit | undefined {
  const [, count, window = ''] = /^([1-9]\d{0,6})\/(\d+[smhd])$/.exec(text) ?? [];
  const windowMs = parseDuration(window);
  return count === undefined || windowMs === undefined ? undefined : { requests: Number(count), windowMs };
}
