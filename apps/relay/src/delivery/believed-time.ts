import type { OutboxPort } from '../outbox/port/outbox.port';
import type { Clock } from './clock';

const JUMP_MS = 5 * 60_000;
const BELIEVED_AFTER_MS = 60 * 60_000;

export const BELIEVED_TIME = Symbol('BelievedTime');

interface Logger {
  warn(message: string): void;
  log(message: string): void;
}

/**
 * The time that ages are told by: the clock's, but where it jumps ahead as if it had not, until it has stayed there for an
 * hour. A clock that is wrong for a while must not end what it takes for old. Of a clock that is set back it is believed at once
 * that things are younger.
 */
export class BelievedTime {
  #offset: number;
  #doubt: { readonly offset: number; readonly since: number } | undefined;

  /** From `lastSeen` on, if the clock is far ahead of the time that the store was last seen at. */
  constructor(
    private readonly clock: Clock,
    private readonly logger: Logger,
    lastSeen?: number,
  ) {
    this.#offset = (lastSeen ?? clock.now()) - clock.elapsed();
    this.now();
  }

  /**
   * Takes the store's word for the time that it was last kept at. Of the last hour it tells nothing: a clock that was wrong then
   * may be so still.
   */
  static async start(
    clock: Clock,
    outbox: Pick<OutboxPort, 'lastSampleBefore'>,
    logger: Logger,
  ): Promise<BelievedTime> {
    const lastSeen = await outbox.lastSampleBefore(clock.now() - BELIEVED_AFTER_MS);
    const isFar = lastSeen !== undefined && clock.now() - lastSeen > 2 * BELIEVED_AFTER_MS;
    return new BelievedTime(clock, logger, isFar ? lastSeen : undefined);
  }

  now(): number {
    const elapsed = this.clock.elapsed();
    const offset = this.clock.now() - elapsed;
    if (offset - this.#offset <= JUMP_MS) {
      if (this.#doubt) this.logger.log('the clock is back: ages are told by it again');
      this.#believe(offset);
    } else if (!this.#doubt || Math.abs(offset - this.#doubt.offset) > JUMP_MS) {
      if (!this.#doubt) this.#tell(offset - this.#offset);
      this.#doubt = { offset, since: elapsed };
    } else if (elapsed - this.#doubt.since >= BELIEVED_AFTER_MS) {
      this.logger.log('the clock has stayed where it is for an hour: ages are told by it again');
      this.#believe(offset);
    }
    return Math.round(this.#offset + elapsed);
  }

  /** By how much the clock is ahead of it. */
  get lagMs(): number {
    return Math.max(0, this.clock.now() - this.now());
  }

  #believe(offset: number): void {
    this.#offset = offset;
    this.#doubt = undefined;
  }

  #tell(aheadMs: number): void {
    const minutes = Math.round(aheadMs / 60_000);
    this.logger.warn(
      `the clock is ${minutes} min ahead of what was seen of it last: unless it stays there for an hour, nothing is given up or removed by it`,
    );
  }
}
