import { NotFoundException } from '@nestjs/common';
import type { RelayConfig } from '../config/relay-config';

/** The admin token. Throws 404 where there is none: then there is no admin API. */
export function adminTokenOf({ adminToken }: RelayConfig): string {
  if (adminToken === undefined) throw new NotFoundException('the admin API is off: RELAY_ADMIN_TOKEN is not set');
  return adminToken;
}
