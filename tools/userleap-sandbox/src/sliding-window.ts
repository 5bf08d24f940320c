/** Counts the requests of the last `windowMs`. */
export class SlidingWindow {
  private readonly times: number[] = [];

  constructor(private readonly limit: { requests: number; windowMs: number }) {}

  /** Counts a request made at `now`; or does not, and says in how many whole seconds the next one has room. */
  admit(now: number): number | undefined {
    const { requests, windowMs } = this.limit;
    while (this.times[0] !== undefined && this.times[0] <= now - windowMs) this.times.shift();
    const oldest = this.times[0];
    if (oldest !== undefined && this.times.length >= requests) return Math.ceil((oldest + windowMs - now) / 1000);
    this.times.push(now);
    return undefined;
  }
}
