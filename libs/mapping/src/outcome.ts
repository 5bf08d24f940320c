import type { ReasonCode, WarningCode } from './reasons';
import { REASONS } from './reasons';

/** Something that was left out of an event, or passed over: why, and the name of the trait or field (never its value). */
export interface Warning {
  readonly code: WarningCode;
  readonly trait: string;
}

/** What became of one event, as both hosts understand it. */
export type Outcome =
  /** UserLeap took it. */
  { readonly outcome: 'delivered'; readonly warnings: readonly Warning[] } | ReasonedOutcome;

export interface ReasonedOutcome {
  /**
   * `filtered`: left out on purpose. `unsupported`: UserLeap has no place for it. `rejected`: can never be delivered.
   * `retry`: not now.
   */
  readonly outcome: 'filtered' | 'unsupported' | 'rejected' | 'retry';
  readonly reason: ReasonCode;
  /** A sentence for a person; no value, no secret. */
  readonly message: string;
  /** Only of `retry`: how long UserLeap asked us to wait. */
  readonly delayMs?: number;
  readonly warnings: readonly Warning[];
}

/** An outcome with the reason's own sentence, or a more exact one. */
export function reasoned(
  outcome: ReasonedOutcome['outcome'],
  reason: ReasonCode,
  message: string = REASONS[reason],
): ReasonedOutcome {
  return { outcome, reason, message, warnings: [] };
}
