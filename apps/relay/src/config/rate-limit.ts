/** How many requests UserLeap takes in a window of time, for one API key. */
export interface RateLimit {
  readonly requests: number;
  readonly windowMs: number;
}

/** A rate limit and whose it is: destinations with the same key and endpoint share one budget. */
export interface Budget extends RateLimit {
  /** The environment's, too. Tells nothing of the key. */
  readonly id: string;
}
