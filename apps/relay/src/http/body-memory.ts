import { ServiceUnavailableException } from '@nestjs/common';

const MOST_BYTES = 64 * 1024 * 1024;
// What is left is for those who have shown a key: nobody else can keep them out.
const MOST_BYTES_OF_STRANGERS = MOST_BYTES / 2;

/** What one call holds. */
export interface HeldBytes {
  /** Throws 503 where that is too much, with all that the others hold. */
  hold(bytes: number): void;
  release(bytes: number): void;
  releaseAll(): void;
}

/** The memory for bodies, of all calls together. */
export class BodyMemory {
  #all = 0;
  #ofStrangers = 0;

  constructor(private readonly onFull: () => void) {}

  /** For a call. `isKnown`: it has shown a key that is right, before its body. */
  open(isKnown: boolean): HeldBytes {
    let own = 0;
    const add = (bytes: number): void => {
      own += bytes;
      this.#all += bytes;
      if (!isKnown) this.#ofStrangers += bytes;
    };
    return {
      hold: (bytes) => {
        if (this.#all + bytes > MOST_BYTES || (!isKnown && this.#ofStrangers + bytes > MOST_BYTES_OF_STRANGERS)) {
          this.onFull();
          throw new ServiceUnavailableException('too much is being sent at once');
        }
        add(bytes);
      },
      release: (bytes) => add(-bytes),
      releaseAll: () => add(-own),
    };
  }
}
