import type { Settings } from '@segment-userleap/mapping';
import { createHash } from 'node:crypto';
import type { Budget, RateLimit } from './rate-limit';

/** The budget of a key at an endpoint, under a name from which the key cannot be read. */
export function budgetOf({ endpoint, apiKey }: Settings, limit: RateLimit): Budget {
  const id = createHash('sha256').update(`${endpoint} ${apiKey}`).digest('hex').slice(0, 32);
  return { id, ...limit };
}
