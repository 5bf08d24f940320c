export interface BudgetInUse {
  /** How many requests count. */
  readonly used: number;
  readonly blockedUntil: number;
  /** When the next request may go, as far as can be known. */
  readonly nextAt: number;
}
