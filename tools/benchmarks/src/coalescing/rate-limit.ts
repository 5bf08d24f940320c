/** At most so many requests in any window of this length. */
export interface RateLimit {
  readonly requests: number;
  readonly windowMs: number;
}
