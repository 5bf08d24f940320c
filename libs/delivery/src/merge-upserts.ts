import type { UpsertOperation, Warning } from '@segment-userleap/mapping';
import { MAX_ATTRIBUTES } from '@segment-userleap/userleap-api';
import type { AttributeValue, UserUpsert } from '@segment-userleap/userleap-api';
import type { Pending } from './pending';

export interface MergedUpsert {
  readonly upsert: UserUpsert;
  /** What the limit on attributes left out, by the place of the event that had it. */
  readonly warnings: ReadonlyMap<number, readonly Warning[]>;
}

/**
 * One upsert for several operations of one user, given in order of event time: the last write of an attribute wins, the
 * first 100 names in order of appearance stay, events follow each other.
 */
export function mergeUpserts(userId: string, pending: readonly Pending<UpsertOperation>[]): MergedUpsert {
  const attributes = new Map<string, AttributeValue>();
  const warnings = new Map<number, Warning[]>();
  let emailAddress: string | undefined;
  for (const { index, operation } of pending) {
    emailAddress = operation.emailAddress ?? emailAddress;
    const leftOut: Warning[] = [];
    for (const [name, value] of operation.attributes) {
      if (attributes.has(name) || attributes.size < MAX_ATTRIBUTES) attributes.set(name, value);
      else leftOut.push({ code: 'too_many_attributes', trait: name });
    }
    if (leftOut.length > 0) warnings.set(index, leftOut);
  }
  const events = pending.flatMap(({ operation }) => operation.events);
  return {
    upsert: {
      userId,
      ...(emailAddress === undefined ? {} : { emailAddress }),
      ...(attributes.size === 0 ? {} : { attributes: toObject(attributes) }),
      ...(events.length === 0 ? {} : { events }),
    },
    warnings,
  };
}

/** A plain object of a map; a name like `__proto__` becomes an own property like any other. */
export function toObject(attributes: ReadonlyMap<string, AttributeValue>): Readonly<Record<string, AttributeValue>> {
  return Object.fromEntries(attributes);
}
