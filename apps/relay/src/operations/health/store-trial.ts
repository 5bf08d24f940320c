import { Inject, Injectable } from '@nestjs/common';
import { CLOCK } from '../../delivery/clock';
import type { Clock } from '../../delivery/clock';
import { OUTBOX } from '../../outbox/port/outbox.port';
import type { OutboxPort } from '../../outbox/port/outbox.port';
import { StorageAlarm } from '../../outbox/storage-alarm';

// However often it is asked for.
const TRY_EVERY_MS = 1_000;
const PATIENCE_MS = 3_000;

/** Whether events can be kept: the kind of what fails, or how many wait. */
export type StoreState =
  | { readonly failure: string; readonly pending?: undefined }
  | { readonly failure: undefined; readonly pending: number };

/** Finds out whether the store can be written, by writing to it: at most once a second, however many ask. */
@Injectable()
export class StoreTrial {
  #pending = 0;
  #running: Promise<void> | undefined;
  #endedAt = -Infinity;

  constructor(
    @Inject(OUTBOX) private readonly outbox: Pick<OutboxPort, 'tryWriting'>,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly alarm: StorageAlarm,
  ) {}

  /** Never rejects, and answers within three seconds. */
  async look(): Promise<StoreState> {
    const isRecent = this.clock.elapsed() - this.#endedAt < TRY_EVERY_MS;
    if (!isRecent) this.#running ??= this.#tryWriting();
    if (this.#running && !(await this.#endsInTime(this.#running))) return { failure: 'no answer' };
    // Of calls since the trial, too.
    const { failure } = this.alarm;
    return failure === undefined ? { failure, pending: this.#pending } : { failure };
  }

  async #tryWriting(): Promise<void> {
    try {
      this.#pending = await this.outbox.tryWriting();
      this.alarm.worked();
    } catch (error) {
      this.alarm.failed(error);
    }
    this.#endedAt = this.clock.elapsed();
    this.#running = undefined;
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
