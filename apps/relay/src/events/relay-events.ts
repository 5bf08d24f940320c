import { Injectable } from '@nestjs/common';

type Listener = (ids: readonly number[]) => void;

/** Tells, inside this process, that what the relay holds or does has changed. */
@Injectable()
export class RelayEvents {
  readonly #listeners = new Set<Listener>();

  /** Calls back at every change, at once: the listener must be quick and must not throw. Returns what ends it. */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Something has changed; `ids` are the events that have another state now, where they are known. */
  changed(ids: readonly number[] = []): void {
    for (const listener of this.#listeners) listener(ids);
  }
}
