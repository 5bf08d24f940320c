import type { Clock } from './clock';

/** How long it takes to notice that what waited for a time may go by now, because the clock was set or a place has become free. */
export const NAP_MS = 1_000;
const MAX_SLEEP_MS = 30_000;
const CLOCK_STEP_MS = 1_000;

/** Waits until there may be something to do: for a time, half a minute at most, or until the clock is set. */
export class Sleep {
  #cancelTimer: (() => void) | undefined;
  #isEnded = false;

  constructor(
    private readonly clock: Pick<Clock, 'now' | 'elapsed' | 'setTimer'>,
    private readonly onWaking: () => void,
  ) {}

  /** Returns at once. */
  begin(delayMs: number): void {
    if (this.#isEnded) return;
    const { clock } = this;
    const setTo = clock.now() - clock.elapsed();
    const end = clock.elapsed() + Math.min(MAX_SLEEP_MS, Math.max(0, delayMs));
    const nap = (): void => {
      const leftMs = end - clock.elapsed();
      this.#cancelTimer = clock.setTimer(
        () => {
          const isSet = Math.abs(clock.now() - clock.elapsed() - setTo) >= CLOCK_STEP_MS;
          if (leftMs > NAP_MS && !isSet) nap();
          else this.onWaking();
        },
        Math.min(NAP_MS, leftMs),
      );
    };
    nap();
  }

  /** There is something to do. */
  break(): void {
    this.#cancelTimer?.();
  }

  /** For good. */
  end(): void {
    this.#isEnded = true;
    this.break();
  }
}
