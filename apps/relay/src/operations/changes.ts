import { Injectable } from '@nestjs/common';
import type { RelayObserver } from '../observer/relay-observer';
import type { Settlement } from '../outbox/port/turn';

type Listener = (ids: readonly number[]) => void;

/** Tells listeners of everything that changes what pages show. */
@Injectable()
export class Changes implements Partial<RelayObserver> {
  readonly #listeners = new Set<Listener>();

  /**
   * Calls back at every change, at once, with the events that have another state now, as far as known. The listener must be
   * quick and must not throw.
   */
  listen(listener: Listener): void {
    this.#listeners.add(listener);
  }

  accepted(): void {
    this.#tell([]);
  }

  settled({ results }: Settlement): void {
    this.#tell(results.map(({ id }) => id));
  }

  ended(): void {
    this.#tell([]);
  }

  paused(): void {
    this.#tell([]);
  }

  resumed(): void {
    this.#tell([]);
  }

  steered(ids: readonly number[]): void {
    this.#tell(ids);
  }

  #tell(ids: readonly number[]): void {
    for (const listener of this.#listeners) listener(ids);
  }
}
