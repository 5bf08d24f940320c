import { Inject, Injectable, NotFoundException } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { RELAY_CONFIG } from '../config/relay-config';
import type { RelayConfig } from '../config/relay-config';
import { includesSecret } from '../http/includes-secret';
import { RefusedCalls } from '../http/refused-calls';

/** Lets the bearer of `RELAY_ADMIN_TOKEN` pass; without a token configured there is no admin API. */
@Injectable()
export class AdminTokenGuard implements CanActivate {
  constructor(
    @Inject(RELAY_CONFIG) private readonly config: RelayConfig,
    private readonly refused: RefusedCalls,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const { adminToken } = this.config;
    if (adminToken === undefined) throw new NotFoundException('the admin API is off: RELAY_ADMIN_TOKEN is not set');
    const { headers, ip } = context.switchToHttp().getRequest<FastifyRequest>();
    if (includesSecret([`Bearer ${adminToken}`], headers.authorization ?? '')) return true;
    return this.refused.refuse(ip, 'authorization: expected the admin token');
  }
}
