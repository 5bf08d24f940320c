import type { RateLimit } from '@segment-userleap/delivery';

/** Reads a limit as the relay's `USERLEAP_RATE_LIMIT` has it. Throws with a sentence. */
export function parseRateLimit(text: string): RateLimit {
  const { requests, seconds } = /^(?<requests>\d+)\/(?<seconds>\d+)s$/.exec(text.trim())?.groups ?? {};
  const limit = { requests: Number(requests), windowMs: Number(seconds) * 1000 };
  if (!(limit.requests > 0 && limit.windowMs > 0)) throw new Error('--rate-limit: expected a limit such as 1000/300s');
  return limit;
}
