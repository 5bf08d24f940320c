import { Inject, Injectable, NotFoundException, UnauthorizedException } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { createHash, timingSafeEqual } from 'node:crypto';
import { RELAY_CONFIG } from '../config/relay-config';
import type { RelayConfig } from '../config/relay-config';

/** Lets the bearer of `RELAY_ADMIN_TOKEN` pass; without a token configured there is no admin API. */
@Injectable()
export class AdminTokenGuard implements CanActivate {
  constructor(@Inject(RELAY_CONFIG) private readonly config: RelayConfig) {}

  canActivate(context: ExecutionContext): boolean {
    const { adminToken } = this.config;
    if (adminToken === undefined) throw new NotFoundException('the admin API is off: RELAY_ADMIN_TOKEN is not set');
    const { authorization = '' } = context.switchToHttp().getRequest<FastifyRequest>().headers;
    if (timingSafeEqual(digest(authorization), digest(`Bearer ${adminToken}`))) return true;
    throw new UnauthorizedException('authorization: expected the admin token');
  }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
