import { isLoopback } from './is-loopback';
import { isIntegerBetween } from './is-integer-between';
import { MAX_TIMER_MS } from './max-timer-ms';

/** How a sandbox is started. Every field has a default. */
export interface SandboxOptions {
  /** Default 0: a free port. */
  port?: number;
  /** A loopback host; default 127.0.0.1. */
  host?: string;
  /** Milliseconds until an accepted upsert becomes visible; default 250; 0 means before it is answered. */
  applyDelayMs?: number;
  /** Requests per API key within a sliding window; default 1,000 in 5 minutes. */
  rateLimit?: { requests: number; windowMs: number };
  /** The clock of the rate limit and of all timestamps, in ms since 1970; default `Date.now`. Delays use real time. */
  now?: () => number;
  /** The oldest records beyond this many are dropped; default 100,000. */
  maxRecordedRequests?: number;
}

/** Fills in the defaults; throws an `Error` that names the option which cannot be used. */
export function resolveOptions(options: SandboxOptions): Required<SandboxOptions> {
  const resolved = {
    port: 0,
    host: '127.0.0.1',
    applyDelayMs: 250,
    rateLimit: { requests: 1000, windowMs: 300_000 },
    now: Date.now,
    maxRecordedRequests: 100_000,
    ...options,
  };
  if (!isLoopback(resolved.host)) throw new Error('host: expected a loopback host, such as 127.0.0.1');
  requireInteger('port', resolved.port, 0, 65_535);
  requireInteger('applyDelayMs', resolved.applyDelayMs, 0, MAX_TIMER_MS);
  requireInteger('rateLimit.requests', resolved.rateLimit.requests, 1);
  requireInteger('rateLimit.windowMs', resolved.rateLimit.windowMs, 1);
  requireInteger('maxRecordedRequests', resolved.maxRecordedRequests, 1);
  return resolved;
}

function requireInteger(name: string, value: number, least: number, most = Number.MAX_SAFE_INTEGER): void {
  if (!isIntegerBetween(value, least, most)) {
    throw new Error(`${name}: expected an integer of at least ${least} and at most ${most}`);
  }
}
