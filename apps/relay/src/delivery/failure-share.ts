const REMEMBERED = 30;
const FEWEST_FAILURES = 5;
const MOST_FAILURES = 50;
// How probable a row of failures may be, as things went before it, and yet be no outage.
const CHANCE_OF_AN_ALARM = 1e-5;

/**
 * Tells an outage from failures that come and go: by how many different users' requests fail in a row. Five are enough where
 * nearly all went well before; where a share of them failed, as many as would hardly fail in a row by chance. A user's
 * failures in a row count once: it backs off alone.
 */
export class FailureShare {
  /** Whether they failed, the last ones, up to the present row. */
  readonly #before: boolean[] = [];
  readonly #row = new Set<string>();

  /** A request for a user has failed. Returns whether this is an outage. */
  failed(user: string): boolean {
    this.#row.add(user);
    return this.#row.size >= this.#needed;
  }

  /** A request was answered. */
  answered(): void {
    const failures = Array.from({ length: Math.min(this.#row.size, REMEMBERED) }, () => true);
    this.#before.push(...failures, false);
    this.#before.splice(0, this.#before.length - REMEMBERED);
    this.#row.clear();
  }

  get #needed(): number {
    const failures = this.#before.filter(Boolean).length;
    if (failures === 0) return FEWEST_FAILURES;
    const share = failures / Math.max(this.#before.length, REMEMBERED / 2);
    const needed = Math.log(CHANCE_OF_AN_ALARM) / Math.log(share);
    return Math.min(MOST_FAILURES, Math.max(FEWEST_FAILURES, Math.ceil(needed)));
  }
}
