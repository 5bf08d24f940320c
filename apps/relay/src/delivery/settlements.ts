import type { RelayObserver } from '../observer/relay-observer';
import type { OutboxPort } from '../outbox/port/outbox.port';
import type { Settlement } from '../outbox/port/turn';
import { pause } from './clock';
import type { Clock } from './clock';

// Bounds how long a commit takes.
const MOST_AT_ONCE = 256;
const MOST_LANES = 5_000;
const RETRY_STORE_MS = 1_000;
const LAST_TRIES = 3;

interface Outside {
  readonly outbox: Pick<OutboxPort, 'settle'>;
  readonly clock: Clock;
  readonly alarm: { failed(error: unknown): void; worked(): void };
  readonly observer: Pick<RelayObserver, 'settled'>;
  readonly logger: { warn(message: string): void };
}

/**
 * Keeps how a destination's turns ended: those that end while that is written down share the next commit. Tries until it is
 * kept: what was sent must not be sent again because it could not be written down.
 */
export class Settlements {
  readonly #waiting: Settlement[] = [];
  /** How many the next commit has at most: what cannot be kept together is tried in smaller parts. */
  #most = MOST_AT_ONCE;
  #isStopped = false;
  #running: Promise<void> | undefined;

  /** `onKept` is called after each commit. */
  constructor(
    private readonly destination: string,
    private readonly outside: Outside,
    private readonly onKept: () => void,
  ) {}

  /** How many are not kept yet. */
  get waiting(): number {
    return this.#waiting.length;
  }

  keep(settlement: Settlement): void {
    this.#waiting.push(settlement);
    this.#running ??= this.#run().finally(() => (this.#running = undefined));
  }

  /** Resolves when all is kept, or has been tried a few times more. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#running;
  }

  async #run(): Promise<void> {
    const { alarm, clock } = this.outside;
    let lastTries = LAST_TRIES;
    while (this.#waiting.length > 0) {
      await clock.allRead();
      const some = firstWithin(this.#waiting, this.#most);
      try {
        await this.#settle(some);
        this.#waiting.splice(0, some.length);
        this.#most = Math.min(MOST_AT_ONCE, this.#most * 2);
        this.onKept();
      } catch (error) {
        alarm.failed(error);
        if (this.#isStopped && (lastTries -= 1) === 0) return;
        this.#most = Math.max(1, Math.floor(some.length / 2));
        // One that fails alone keeps no others waiting.
        if (some.length === 1) this.#waiting.push(...this.#waiting.splice(0, 1));
        await pause(clock, RETRY_STORE_MS);
      }
    }
  }

  /** What another relay has taken over is that one's to keep. */
  async #settle(settlements: readonly Settlement[]): Promise<void> {
    const { outbox, alarm, observer, logger } = this.outside;
    const lost = new Set(await outbox.settle(settlements));
    alarm.worked();
    if (lost.size > 0) {
      logger.warn(`destination ${this.destination}: another relay has taken over what was in flight`);
    }
    for (const settlement of settlements) if (!lost.has(settlement.turn.id)) observer.settled(settlement);
  }
}

/** As many as one commit may have: at least one, however many lanes it has. */
function firstWithin(settlements: readonly Settlement[], most: number): readonly Settlement[] {
  let lanes = 0;
  const end = settlements.findIndex(({ turn }, at) => {
    lanes += turn.lanes.length;
    return at === most || (lanes > MOST_LANES && at > 0);
  });
  return end === -1 ? settlements.slice() : settlements.slice(0, end);
}
