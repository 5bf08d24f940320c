import type { AttributeValue, UserEvent } from '@segment-userleap/userleap-api';

interface CommonOperation {
  /** When the event happened, epoch milliseconds: by this values are older or newer, and then never more than a day after `receivedAt`. */
  readonly at: number;
  /** When Segment or the relay took the event, epoch milliseconds: grace for unknown users counts from here. */
  readonly receivedAt: number;
}

/** Adds attributes or events to a user. Only an Identify may create one. */
export interface UpsertOperation extends CommonOperation {
  readonly kind: 'upsert';
  readonly userId: string;
  readonly createsUser: boolean;
  readonly emailAddress?: string;
  readonly attributes: ReadonlyMap<string, AttributeValue>;
  readonly events: readonly UserEvent[];
}

/** Gives a new user what the previous one had: the nearest to an alias that UserLeap's API allows. */
export interface CarryOverOperation extends CommonOperation {
  readonly kind: 'carry_over';
  readonly userId: string;
  readonly previousId: string;
}

/** Erases a user. */
export interface PurgeOperation extends CommonOperation {
  readonly kind: 'purge';
  readonly userId: string;
}

/**
 * `at` of values that lie under all others: what was said of a visitor before it was known who that is. No event has such a time
 * (epoch milliseconds), so that nothing is older.
 */
export const BEFORE_ALL = -1;

/** What the mapping turns an event into. */
export type Operation = UpsertOperation | CarryOverOperation | PurgeOperation;

/** The user whose lane the operation waits in: what is queued for one user stays in order. */
export function laneOf(operation: Operation): string {
  return operation.kind === 'carry_over' ? operation.previousId : operation.userId;
}
