interface Waiting {
  readonly weight: number;
  enter(): void;
}

/** Lets in as much at a time as there is room for, one at least, in the order in which it comes. */
export class Gate {
  #inside = 0;
  readonly #waiting: Waiting[] = [];

  constructor(private readonly room: number) {}

  /** Does the work once there is room for it. */
  async through<T>(weight: number, work: () => Promise<T>): Promise<T> {
    if (this.#waiting.length > 0 || !this.#hasRoomFor(weight)) {
      await new Promise<void>((resolve) => this.#waiting.push({ weight, enter: resolve }));
    } else this.#inside += weight;
    try {
      return await work();
    } finally {
      this.#inside -= weight;
      this.#letIn();
    }
  }

  #hasRoomFor(weight: number): boolean {
    return this.#inside === 0 || this.#inside + weight <= this.room;
  }

  #letIn(): void {
    for (let [first] = this.#waiting; first && this.#hasRoomFor(first.weight); [first] = this.#waiting) {
      this.#waiting.shift();
      this.#inside += first.weight;
      first.enter();
    }
  }
}
