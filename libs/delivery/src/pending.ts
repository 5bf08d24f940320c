import type { CarryOverOperation, Operation, PurgeOperation, UpsertOperation } from '@segment-userleap/mapping';
import type { Warning } from '@segment-userleap/mapping';

/** An event of the list that needs sending: its place there, and what it became. */
export interface Pending<O extends Operation = Operation> {
  readonly index: number;
  readonly operation: O;
  readonly warnings: readonly Warning[];
}

export function isUpsert(pending: Pending): pending is Pending<UpsertOperation> {
  return pending.operation.kind === 'upsert';
}

export function isCarryOver(pending: Pending): pending is Pending<CarryOverOperation> {
  return pending.operation.kind === 'carry_over';
}

export function isPurge(pending: Pending): pending is Pending<PurgeOperation> {
  return pending.operation.kind === 'purge';
}

/** The users that an operation gives data to or takes it from; the old one of an Alias first. */
export function usersOf(pending: Pending): readonly string[] {
  const { userId } = pending.operation;
  return isCarryOver(pending) ? [pending.operation.previousId, userId] : [userId];
}
