import type { RateLimit } from '@segment-userleap/delivery';
import type { HistoryFile } from './history-file';
import { firstOf } from './position';
import type { Position } from './position';
import type { ProgressView } from './progress-view';
import { leastDeliveryMs } from './least-delivery';

const EVERY_MS = 250;

/** How much there is by now. */
interface Counts {
  readonly events: number;
  readonly users: number;
}

/** Measures how far a hand-over is, and has it shown. */
export class ProgressMeter {
  readonly #startedAt = performance.now();
  readonly #allBytes: number;
  readonly #bytesBefore: number;
  #bytes = 0;
  #waitsFor: string | undefined;
  #counts: () => Counts = () => ({ events: 0, users: 0 });
  #eventsBefore = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    files: readonly HistoryFile[],
    done: readonly Position[],
    private readonly limit: RateLimit,
    private readonly view: ProgressView,
  ) {
    this.#allBytes = bytesOf(files);
    this.#bytesBefore = bytesOf(files.slice(0, firstOf(done).file));
  }

  /** Shows from now on what `counts` says. */
  follow(counts: () => Counts): void {
    this.#counts = counts;
    this.#eventsBefore = counts().events;
    this.#timer = setInterval(() => this.#show(), EVERY_MS);
  }

  read(bytes: number): void {
    this.#bytes += bytes;
  }

  wait(why: string | undefined): void {
    this.#waitsFor = why;
  }

  end(): void {
    clearInterval(this.#timer);
    this.#show();
    this.view.end();
  }

  /** What it came to. */
  get result() {
    const { events, users } = this.#counts();
    const tookMs = performance.now() - this.#startedAt;
    const eventsPerSecond = (events - this.#eventsBefore) / Math.max(tookMs / 1000, 0.001);
    return { users, tookMs, eventsPerSecond, deliveredMs: leastDeliveryMs(this.#counts(), this.limit) };
  }

  #show(): void {
    const { events } = this.#counts();
    const { users, tookMs, eventsPerSecond, deliveredMs } = this.result;
    const share = Math.min(1, (this.#bytesBefore + this.#bytes) / Math.max(1, this.#allBytes));
    const shareNow = this.#bytes / Math.max(1, this.#allBytes);
    const leftMs = shareNow === 0 ? 0 : (tookMs * (1 - share)) / shareNow;
    // What is yet to be read has about as many events and new users as what was.
    const more = share === 0 ? 1 : 1 / share;
    const rest = Math.max(0, deliveredMs * more - tookMs);
    this.view.show({ share, events, users, eventsPerSecond, leftMs, deliveredMs: rest, waitsFor: this.#waitsFor });
  }
}

function bytesOf(files: readonly HistoryFile[]): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}
