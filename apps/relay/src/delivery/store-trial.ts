import { Inject, Injectable } from '@nestjs/common';
import { CLOCK } from './clock';
import type { Clock } from './clock';
import { OUTBOX } from '../outbox/port/outbox.port';
import type { OutboxPort } from '../outbox/port/outbox.port';
import { StorageAlarm } from '../outbox/storage-alarm';

// However often it is asked for.
const TRY_EVERY_MS = 1_000;
const PATIENCE_MS = 3_000;
// After so long with a call somebody asks whether the store answers at all.
const DOUBT_AFTER_MS = 5_000;
const NO_ANSWER = 'no answer';

/** Whether events can be kept: the kind of what fails, or how many wait. */
export type StoreState =
  | { readonly failure: string; readonly pending?: undefined }
  | { readonly failure: undefined; readonly pending: number };

/** The store is not waited for any longer. What was to be written may be written all the same. */
export class NoAnswer extends Error {
  readonly code = NO_ANSWER;
}

/** Finds out whether the store can be written, by writing to it: at most once a second, however many ask. */
@Injectable()
export class StoreTrial {
  #pending = 0;
  #running: Promise<void> | undefined;
  #endedAt = -Infinity;
  /** From when it does not answer until it works. */
  #isSilent = false;

  constructor(
    @Inject(OUTBOX) private readonly outbox: Pick<OutboxPort, 'tryWriting'>,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly alarm: StorageAlarm,
  ) {}

  /** Never rejects, and answers within three seconds. */
  async look(): Promise<StoreState> {
    const isRecent = this.clock.elapsed() - this.#endedAt < TRY_EVERY_MS;
    if (!isRecent) this.#running ??= this.#tryWriting();
    if (this.#running && !(await this.#endsInTime(this.#running))) {
      this.#isSilent = true;
      return { failure: NO_ANSWER };
    }
    // Of calls since the trial, too.
    const { failure } = this.alarm;
    return failure === undefined ? { failure, pending: this.#pending } : { failure };
  }

  /**
   * What the work comes to. Rejects with `NoAnswer` where the store is found not to answer meanwhile, and at once, without
   * beginning it, where that is known.
   */
  async whileAnswering<T>(work: () => Promise<T>): Promise<T> {
    if (this.#isSilent) throw new NoAnswer('the store does not answer');
    let isOver = false;
    let cancel = (): void => undefined;
    const silence = new Promise<never>((_, reject) => {
      const doubt = async (): Promise<void> => {
        await this.look();
        if (isOver) return;
        if (this.#isSilent) return reject(new NoAnswer('the store does not answer'));
        cancel = this.clock.setTimer(() => void doubt(), DOUBT_AFTER_MS);
      };
      cancel = this.clock.setTimer(() => void doubt(), DOUBT_AFTER_MS);
    });
    return Promise.race([work(), silence]).finally(() => {
      isOver = true;
      cancel();
    });
  }

  async #tryWriting(): Promise<void> {
    try {
      this.#pending = await this.outbox.tryWriting();
      this.alarm.worked();
      this.#isSilent = false;
    } catch (error) {
      this.alarm.failed(error);
    }
    this.#endedAt = this.clock.elapsed();
    this.#running = undefined;
    // Nobody else uses it until it answers.
    if (this.#isSilent) this.clock.setTimer(() => void this.look(), TRY_EVERY_MS);
  }

  #endsInTime(running: Promise<void>): Promise<boolean> {
    return new Promise((resolve) => {
      const cancel = this.clock.setTimer(() => resolve(false), PATIENCE_MS);
      void running.then(() => {
        cancel();
        resolve(true);
      });
    });
  }
}
