import type { RateLimit } from '@segment-userleap/delivery';

/** A rate limit and whose it is: destinations with the same key and endpoint share one budget. */
export interface Budget extends RateLimit {
  /** The environment's, too. Tells nothing of the key. */
  readonly id: string;
}
