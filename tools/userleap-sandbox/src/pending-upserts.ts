import type { Upsert } from './upsert';

/** Upserts that were accepted and are not yet visible. They are applied in the order in which they came. */
export class PendingUpserts {
  private readonly timers = new Map<Upsert, NodeJS.Timeout>();

  constructor(
    private readonly delayMs: number,
    private readonly apply: (upsert: Upsert) => void,
  ) {}

  add(upsert: Upsert): void {
    if (this.delayMs === 0) this.apply(upsert);
    else
      this.timers.set(
        upsert,
        setTimeout(() => this.applyUpTo(upsert), this.delayMs),
      );
  }

  get count(): number {
    return this.timers.size;
  }

  all(): Iterable<Upsert> {
    return this.timers.keys();
  }

  drop(isDropped: (upsert: Upsert) => boolean): void {
    for (const upsert of [...this.timers.keys()].filter(isDropped)) this.take(upsert);
  }

  // Older ones are due as well, whichever timer Node fires first.
  private applyUpTo(last: Upsert): void {
    for (const upsert of this.timers.keys()) {
      this.take(upsert);
      this.apply(upsert);
      if (upsert === last) return;
    }
  }

  private take(upsert: Upsert): void {
    clearTimeout(this.timers.get(upsert));
    this.timers.delete(upsert);
  }
}
