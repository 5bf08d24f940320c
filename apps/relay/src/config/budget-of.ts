import type { Settings } from '@segment-userleap/mapping';
import { environmentText } from '@segment-userleap/userleap-api';
import { createHash } from 'node:crypto';
import type { RateLimit } from '@segment-userleap/delivery';
import type { Budget } from './rate-limit';

/** The budget of an environment, under a name from which the key cannot be read. */
export function budgetOf(settings: Settings, limit: RateLimit): Budget {
  const id = createHash('sha256').update(environmentText(settings)).digest('hex').slice(0, 32);
  return { id, ...limit };
}
