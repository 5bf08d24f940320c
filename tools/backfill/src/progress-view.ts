import { Presets, SingleBar } from 'cli-progress';
import { showCount, showDuration, showMany } from './show-numbers';

/** What a person wants to know of a hand-over while it goes on. */
export interface ProgressState {
  /** From 0 to 1. */
  readonly share: number;
  readonly events: number;
  readonly users: number;
  readonly eventsPerSecond: number;
  readonly leftMs: number;
  /** Until UserLeap has all of it. */
  readonly deliveredMs: number;
  readonly waitsFor: string | undefined;
}

/** Shows how far a hand-over is. */
export interface ProgressView {
  show(state: ProgressState): void;
  end(): void;
}

const EVERY_MS = 5_000;

/** A bar on a terminal; elsewhere a line every few seconds. */
export function createProgressView(stream: NodeJS.WriteStream): ProgressView {
  return stream.isTTY ? new Bar(stream) : new Lines(stream);
}

class Bar implements ProgressView {
  readonly #bar: SingleBar;

  constructor(stream: NodeJS.WriteStream) {
    const format = '{bar} {percentage} % | {text}';
    this.#bar = new SingleBar({ format, stream, hideCursor: true, clearOnComplete: false }, Presets.shades_classic);
    this.#bar.start(100, 0, { text: '' });
  }

  show(state: ProgressState): void {
    this.#bar.update(Math.floor(state.share * 100), { text: textOf(state) });
  }

  end(): void {
    this.#bar.stop();
  }
}

class Lines implements ProgressView {
  #lastAt = performance.now();

  constructor(private readonly stream: NodeJS.WriteStream) {}

  show(state: ProgressState): void {
    if (performance.now() - this.#lastAt < EVERY_MS) return;
    this.#lastAt = performance.now();
    this.stream.write(`${Math.floor(state.share * 100)} % | ${textOf(state)}\n`);
  }

  end(): void {
    // Nothing is left half written.
  }
}

function textOf(state: ProgressState): string {
  const { events, users, eventsPerSecond, leftMs, deliveredMs, waitsFor } = state;
  const parts = [
    `${showMany(events, 'event')}, about ${showMany(users, 'user')}`,
    waitsFor === undefined
      ? `${showCount(eventsPerSecond)} events/s, handed over in ${showDuration(leftMs)}`
      : `waits for the relay: ${waitsFor}`,
    `delivered in about ${showDuration(deliveredMs)}`,
  ];
  return parts.join(' | ');
}
