/** Gives back what was put in, that with the least `key` first. A key does not change meanwhile. */
export class Heap<T> {
  readonly #items: T[] = [];

  constructor(private readonly key: (item: T) => number) {}

  get size(): number {
    return this.#items.length;
  }

  /** The least of them stays there. */
  get first(): T | undefined {
    return this.#items[0];
  }

  push(item: T): void {
    const items = this.#items;
    let at = items.length;
    items.push(item);
    for (let parent = (at - 1) >> 1; at > 0 && this.#isBefore(at, parent); parent = (at - 1) >> 1) {
      this.#swap(at, parent);
      at = parent;
    }
  }

  pop(): T | undefined {
    const items = this.#items;
    const [first] = items;
    const last = items.pop();
    if (last === undefined || items.length === 0) return first;
    items[0] = last;
    for (let at = 0; ;) {
      const left = 2 * at + 1;
      let least = at;
      if (left < items.length && this.#isBefore(left, least)) least = left;
      if (left + 1 < items.length && this.#isBefore(left + 1, least)) least = left + 1;
      if (least === at) return first;
      this.#swap(at, least);
      at = least;
    }
  }

  #isBefore(one: number, other: number): boolean {
    const [first, second] = [this.#items[one], this.#items[other]];
    return first !== undefined && second !== undefined && this.key(first) < this.key(second);
  }

  #swap(one: number, other: number): void {
    const items = this.#items;
    const [first, second] = [items[one], items[other]];
    if (first === undefined || second === undefined) return;
    items[one] = second;
    items[other] = first;
  }
}
