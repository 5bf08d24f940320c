import { BEFORE_ALL } from '@segment-userleap/mapping';
import type { UpsertOperation, Warning } from '@segment-userleap/mapping';
import { MAX_ATTRIBUTES } from '@segment-userleap/userleap-api';
import type { AttributeValue, UserUpsert } from '@segment-userleap/userleap-api';

/** What an operation adds to its user. */
interface Part {
  /** The place of its event. */
  readonly index: number;
  readonly operation: Pick<UpsertOperation, 'emailAddress' | 'attributes' | 'events'> &
    Partial<Pick<UpsertOperation, 'at'>>;
}

export interface MergedUpsert {
  readonly upsert: UserUpsert;
  /** What the limit on attributes left out, by the place of the event that had it. */
  readonly warnings: ReadonlyMap<number, readonly Warning[]>;
}

/**
 * One upsert for several operations of one user, given in order of event time: the last write of an attribute wins, events
 * follow each other. Of the attributes' names as many as UserLeap keeps stay, the first to appear.
 */
export function mergeUpserts(userId: string, parts: readonly Part[]): MergedUpsert {
  const attributes = new Map<string, AttributeValue>();
  const warnings = new Map<number, Warning[]>();
  let emailAddress: string | undefined;
  // What lies under all else fills the gaps that are left, the last of it first.
  const own = parts.filter((part) => !liesUnder(part));
  for (const part of [...own, ...parts.filter(liesUnder).reverse()]) {
    const { index, operation } = part;
    const isNews = !liesUnder(part);
    emailAddress = isNews ? (operation.emailAddress ?? emailAddress) : (emailAddress ?? operation.emailAddress);
    const leftOut: Warning[] = [];
    for (const [name, value] of operation.attributes) {
      if (attributes.has(name) ? isNews : attributes.size < MAX_ATTRIBUTES) attributes.set(name, value);
      else if (!attributes.has(name)) leftOut.push({ code: 'too_many_attributes', trait: name });
    }
    if (leftOut.length > 0) warnings.set(index, leftOut);
  }
  const events = parts.flatMap(({ operation }) => operation.events);
  return {
    // fromEntries: a name like `__proto__` becomes an own property like any other.
    upsert: {
      userId,
      ...(emailAddress === undefined ? {} : { emailAddress }),
      ...(attributes.size === 0 ? {} : { attributes: Object.fromEntries(attributes) }),
      ...(events.length === 0 ? {} : { events }),
    },
    warnings,
  };
}

function liesUnder({ operation }: Part): boolean {
  return operation.at === BEFORE_ALL;
}
