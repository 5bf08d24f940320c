import type { ProgressView } from './progress-view';

/** What the command needs of its surroundings. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stop: AbortSignal;
  readonly createView: () => ProgressView;
  say(text: string): void;
  complain(text: string): void;
}
