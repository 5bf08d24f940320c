import type { Warning } from './outcome';
import type { WarningCode } from './reasons';

// Enough to see what is wrong with a source; an event with 10,000 bad traits must not become 10,000 lines.
const MAX_WARNINGS = 100;

/** Collects what is left out of one event: the first 100. */
export class WarningList {
  readonly #warnings: Warning[] = [];

  add(code: WarningCode, trait: string): void {
    if (this.#warnings.length < MAX_WARNINGS) this.#warnings.push({ code, trait });
  }

  all(): readonly Warning[] {
    return this.#warnings;
  }
}
