import { reasoned } from '@segment-userleap/mapping';
import type { Outcome } from '@segment-userleap/mapping';
import type { DeliveryRun } from './delivery-run';
import type { Pending } from './pending';

/**
 * The outcome of an event whose user UserLeap does not know: within the grace time its Identify may still be on its way,
 * after it `late` holds.
 */
export function unknownUserOutcome(run: DeliveryRun, { operation }: Pending, late: Outcome): Outcome {
  const end = operation.receivedAt + run.settings.unknownUserGraceSeconds * 1000;
  return run.ports.now() < end ? reasoned('retry', 'unknown_user') : late;
}
