import { reasoned } from '@segment-userleap/mapping';
import type { UpsertOperation } from '@segment-userleap/mapping';
import { deliverCarryOver } from './deliver-carry-over';
import { deliverUpserts } from './deliver-upserts';
import type { DeliveryRun } from './delivery-run';
import { isCarryOver, isUpsert } from './pending';
import type { Pending } from './pending';

/** What is queued for one user, in order of arrival, its deletes already dealt with. */
export interface Lane {
  readonly userId: string;
  readonly pending: readonly Pending[];
}

/** Delivers a lane: what stands between two barriers together, nothing moved across one. */
export async function deliverLane(run: DeliveryRun, { userId, pending }: Lane): Promise<void> {
  const parts = splitAtBarriers(pending);
  for (const [index, part] of parts.entries()) {
    const [first] = part;
    if (first && isCarryOver(first)) await deliverCarryOver(run, first);
    else await deliverUpserts(run, userId, part.filter(isUpsert));
    if (!(await mustWait(run, userId, part))) continue;
    run.settleAll(parts.slice(index + 1).flat(), reasoned('retry', 'waiting_for_earlier'));
    return;
  }
}

/** Runs of upserts, and each barrier alone. */
function splitAtBarriers(pending: readonly Pending[]): readonly (readonly Pending[])[] {
  const parts: Pending[][] = [];
  let run: Pending<UpsertOperation>[] | undefined;
  for (const one of pending) {
    if (!isUpsert(one)) {
      parts.push([one]);
      run = undefined;
    } else if (run) run.push(one);
    else parts.push((run = [one]));
  }
  return parts;
}

/**
 * Must the rest of the lane wait for this part? An event that waits for its user to become known does not hold up an
 * Identify behind it, which is what it waits for; but where the user is known to us, its upsert is only on its way.
 */
async function mustWait(run: DeliveryRun, userId: string, part: readonly Pending[]): Promise<boolean> {
  const reasons = part.flatMap(({ index }) => {
    const outcome = run.outcomeOf(index);
    return outcome.outcome === 'retry' ? [outcome.reason] : [];
  });
  if (reasons.length === 0) return false;
  return reasons.some((reason) => reason !== 'unknown_user') || run.ports.knownUsers.isKnown(userId);
}
