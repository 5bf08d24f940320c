import { ForbiddenException } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { includesSecret } from '../http/includes-secret';
import type { Session } from './sessions';

const READING = ['GET', 'HEAD'];

/**
 * Throws 403 where the call comes from a page of another origin. Another port of the same host is of the same site: its
 * pages' calls carry the cookie, `SameSite=Strict` or not.
 */
export function refuseOtherOrigin({ headers, host }: FastifyRequest): void {
  const { 'sec-fetch-site': site, origin } = headers;
  // Browsers send the first wherever they trust the connection; `none`: typed in by a person.
  const isOwn =
    site === undefined ? origin === undefined || hostOf(origin) === host : ['same-origin', 'none'].includes(`${site}`);
  if (!isOwn) throw new ForbiddenException('origin: expected a page of this relay');
}

/** Throws 403 where a call that may change something does not show the session's own token. */
export function refuseForgery({ method, headers }: FastifyRequest, { csrfToken }: Session): void {
  if (READING.includes(method)) return;
  if (includesSecret([csrfToken], `${headers['x-csrf-token'] ?? ''}`)) return;
  throw new ForbiddenException('X-CSRF-Token: expected the csrfToken of the session');
}

function hostOf(origin: string): string | undefined {
  return /^https?:\/\/([^/]+)$/.exec(origin)?.[1];
}
