import type { FastifyRequest } from 'fastify';

/** Says of a call that its events are part of a backfill: they wait behind all that is live. */
export const PRIORITY_HEADER = 'X-Relay-Priority';

/** Any other value is as good as none. */
export function isBackfill({ raw }: Pick<FastifyRequest, 'raw'>): boolean {
  return raw.headers[PRIORITY_HEADER.toLowerCase()] === 'backfill';
}
