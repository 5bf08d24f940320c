import type { Operation } from './operation';
import type { ReasonedOutcome, Warning } from './outcome';
import { reasoned } from './outcome';
import type { ReasonCode } from './reasons';

/** What becomes of one event before anything is sent: an operation, or an outcome that needs no request. */
export type Mapped =
  | { readonly kind: 'operation'; readonly operation: Operation; readonly warnings: readonly Warning[] }
  | { readonly kind: 'settled'; readonly outcome: ReasonedOutcome };

export function operation(value: Operation, warnings: readonly Warning[] = []): Mapped {
  return { kind: 'operation', operation: value, warnings };
}

export function settled(
  outcome: 'filtered' | 'unsupported' | 'rejected',
  reason: ReasonCode,
  message?: string,
): Mapped & { kind: 'settled' } {
  return { kind: 'settled', outcome: reasoned(outcome, reason, message) };
}
