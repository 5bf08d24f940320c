import type { FastifyRequest } from 'fastify';

/** Whether a call says that its events are part of a backfill, which wait behind all that is live. Any other value is as good as none. */
export function isBackfill({ raw }: Pick<FastifyRequest, 'raw'>): boolean {
  return raw.headers['x-relay-priority'] === 'backfill';
}
