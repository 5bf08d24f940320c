import { createHash } from 'node:crypto';

const BITS = 12;
const PLACES = 2 ** BITS;
// Of the bias of the estimate, for so many places.
const ALPHA = 0.7213 / (1 + 1.079 / PLACES);

/** A place, and the new number in it. */
export type SketchChange = readonly [place: number, rank: number];

/**
 * About how many different users were seen, within some 2 % (HyperLogLog): in 4 KB however many there are, and what a run adds to what
 * those before it saw is a few numbers.
 */
export class UserSketch {
  readonly #ranks = new Uint8Array(PLACES);
  readonly #changed = new Set<number>();

  add(user: string): void {
    const digest = createHash('md5').update(user).digest();
    const place = digest.readUInt16LE(0) % PLACES;
    this.#note(place, Math.clz32(digest.readUInt32LE(4)) + 1);
  }

  merge(changes: readonly SketchChange[]): void {
    for (const [place, rank] of changes) this.#note(place, rank);
  }

  /** What is new since it was last asked. */
  takeChanges(): readonly SketchChange[] {
    const changes = [...this.#changed].map((place) => [place, this.#ranks[place] ?? 0] as const);
    this.#changed.clear();
    return changes;
  }

  /** All that it knows. */
  get all(): readonly SketchChange[] {
    return [...this.#ranks].flatMap((rank, place) => (rank === 0 ? [] : [[place, rank] as const]));
  }

  get count(): number {
    const empty = this.#ranks.reduce((count, rank) => count + (rank === 0 ? 1 : 0), 0);
    const estimate = (ALPHA * PLACES ** 2) / this.#ranks.reduce((sum, rank) => sum + 2 ** -rank, 0);
    return Math.round(empty > 0 && estimate < 2.5 * PLACES ? PLACES * Math.log(PLACES / empty) : estimate);
  }

  #note(place: number, rank: number): void {
    if (rank <= (this.#ranks[place] ?? 0)) return;
    this.#ranks[place] = rank;
    this.#changed.add(place);
  }
}
