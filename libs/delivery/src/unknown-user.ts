import { reasoned } from '@segment-userleap/mapping';
import type { Outcome } from '@segment-userleap/mapping';
import type { DeliveryRun } from './delivery-run';
import type { Pending } from './pending';

/**
 * The outcome of an event whose user UserLeap does not know: within the grace time its Identify may still be on its way,
 * after it `late` holds, unless an Alias to this user is still to be retried.
 */
export function unknownUserOutcome(run: DeliveryRun, { operation }: Pending, late: Outcome): Outcome {
  const end = operation.receivedAt + run.settings.unknownUserGraceSeconds * 1000;
  const mayCome = run.ports.now() < end || run.expected.has(operation.userId);
  return mayCome ? reasoned('retry', 'unknown_user') : late;
}
