import { setTimeout } from 'node:timers/promises';
import { bodyOf } from './batch';
import type { BatchEvent } from './batch';
import type { CallResult } from './relay-client';

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 30_000;
/** Of a relay that answers nothing, or nothing but errors. One that is full asks for patience, and gets it. */
const PATIENCE_MS = 10 * 60_000;

/** Why no more is handed over. */
export class HandOverEnded extends Error {}

/** Brings batches to the relay, as often as it takes. */
export class Courier {
  #mostEvents = Infinity;

  constructor(
    private readonly call: (body: string) => Promise<CallResult>,
    private readonly options: {
      readonly stop: AbortSignal;
      /** Somebody has to wait, and why; undefined: it goes on. */
      readonly onWait: (why: string | undefined) => void;
      /** The relay refuses this event by itself. */
      readonly onRefused: (event: BatchEvent, why: string) => void;
    },
  ) {}

  /**
   * Resolves when the relay has all of it, with how many events it refuses by themselves. Throws `HandOverEnded` where it is not
   * to be.
   */
  async bring(events: readonly BatchEvent[]): Promise<number> {
    let refused = 0;
    for (let from = 0; from < events.length;) {
      const part = events.slice(from, from + this.#mostEvents);
      refused += await this.#bringPart(part);
      from += part.length;
    }
    return refused;
  }

  async #bringPart(part: readonly BatchEvent[]): Promise<number> {
    const result = await this.#callUntilAnswered(bodyOf(part));
    if (result.kind === 'taken') return 0;
    const [event, ...others] = part;
    if (event && others.length === 0) {
      this.options.onRefused(event, result.why);
      return 1;
    }
    const half = Math.ceil(part.length / 2);
    // What stands between here and the relay takes less of a call than the relay does.
    if (result.isTooLarge) this.#mostEvents = Math.min(this.#mostEvents, half);
    return (await this.#bringPart(part.slice(0, half))) + (await this.#bringPart(part.slice(half)));
  }

  async #callUntilAnswered(body: string): Promise<Extract<CallResult, { kind: 'taken' | 'refused' }>> {
    const { stop, onWait } = this.options;
    let lastMs = FIRST_DELAY_MS;
    let failingSince: number | undefined;
    for (;;) {
      if (stop.aborted) throw new HandOverEnded('stopped');
      const result = await this.call(body);
      if (result.kind === 'hopeless') throw new HandOverEnded(`the relay answers ${result.why}`);
      if (result.kind !== 'later') {
        onWait(undefined);
        return result;
      }
      failingSince = result.isBusy ? undefined : (failingSince ?? performance.now());
      if (failingSince !== undefined && performance.now() - failingSince > PATIENCE_MS) {
        throw new HandOverEnded(`the relay cannot be reached: ${result.why}`);
      }
      onWait(result.why);
      const delayMs = result.delayMs ?? lastMs * (0.5 + Math.random() / 2);
      lastMs = Math.min(lastMs * 2, LONGEST_DELAY_MS);
      await setTimeout(delayMs, undefined, { signal: stop }).catch(() => undefined);
    }
  }
}
