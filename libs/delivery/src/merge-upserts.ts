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

interface MergedUpsert {
  readonly upsert: UserUpsert;
  /** What the limit on attributes left out, by the place of the event that had it. */
  readonly warnings: ReadonlyMap<number, readonly Warning[]>;
}

/**
 * One upsert for several operations of one user, given in order of event time: the last write of an attribute wins, events
 * follow each other. Of the attributes' names as many as UserLeap keeps stay, the first to appear; what lies under all else comes
 * last in that.
 */
export function mergeUpserts(userId: string, parts: readonly Part[]): MergedUpsert {
  const [own, under] = [parts.filter((part) => !liesUnder(part)), parts.filter(liesUnder)];
  const attributes = new Map<string, AttributeValue>();
  const warnings = new Map<number, readonly Warning[]>();
  const add = (some: readonly Part[], hasTold: (name: string) => boolean): void => {
    for (const { index, operation } of some) {
      const leftOut: Warning[] = [];
      for (const [name, value] of operation.attributes) {
        if (hasTold(name)) continue;
        if (attributes.has(name) || attributes.size < MAX_ATTRIBUTES) attributes.set(name, value);
        else leftOut.push({ code: 'too_many_attributes', trait: name });
      }
      if (leftOut.length > 0) warnings.set(index, leftOut);
    }
  };
  add(own, () => false);
  const ownNames = new Set(attributes.keys());
  add(under, (name) => ownNames.has(name));
  const emailAddress = lastAddress(own) ?? lastAddress(under);
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

/** It fills only the room that is left, too. */
function liesUnder({ operation }: Part): boolean {
  return operation.at === BEFORE_ALL;
}

function lastAddress(parts: readonly Part[]): string | undefined {
  return parts.flatMap(({ operation }) => operation.emailAddress ?? []).at(-1);
}
