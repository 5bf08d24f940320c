import { Inject, Injectable } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { adminTokenOf } from '../access/admin-token-of';
import { refuseForgery, refuseOtherOrigin } from '../access/refuse-forgery';
import { Sessions } from '../access/sessions';
import { RELAY_CONFIG } from '../config/relay-config';
import type { RelayConfig } from '../config/relay-config';
import { includesSecret } from '../http/includes-secret';
import { RefusedCalls } from '../http/refused-calls';
import { refuseUnknownParameters } from './refuse-unknown-parameters';

/**
 * Lets the bearer of `RELAY_ADMIN_TOKEN` pass, and whoever has signed in with it, from a page of the relay's own; without
 * a token configured there is no admin API. Parameters that a call does not know are refused then.
 */
@Injectable()
export class AdminTokenGuard implements CanActivate {
  constructor(
    @Inject(RELAY_CONFIG) private readonly config: RelayConfig,
    private readonly refused: RefusedCalls,
    private readonly sessions: Sessions,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    await this.admit(context);
    refuseUnknownParameters(context);
    return true;
  }

  private async admit(context: ExecutionContext): Promise<void> {
    const adminToken = adminTokenOf(this.config);
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const { authorization } = request.headers;
    // No page sends it by itself: there is nothing to be forged.
    if (includesSecret([`Bearer ${adminToken}`], authorization ?? '')) return;
    const session = authorization === undefined ? this.sessions.of(request) : undefined;
    if (!session) return this.refused.refuse(request.ip, 'authorization: expected the admin token');
    refuseOtherOrigin(request);
    refuseForgery(request, session);
  }
}
