import { Progress } from '../../src/migrate-store/progress';

export const SILENT = { isTerminal: false, write: () => undefined };
export const BREAK = 'broken off here';

/** Breaks the move off after so many pages. */
export class BreakingProgress extends Progress {
  constructor(private left: number) {
    super(SILENT);
  }

  override add(): void {
    this.left -= 1;
    if (this.left === 0) throw new Error(BREAK);
  }
}
