/** How many requests UserLeap takes in a window of time, for one API key. */
export interface RateLimit {
  readonly requests: number;
  readonly windowMs: number;
}
