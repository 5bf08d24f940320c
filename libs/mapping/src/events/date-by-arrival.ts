import type { Mapped } from '../mapped';

// Beyond it the sender's clock is dead, and would keep a value the newest for years. Below it the host's own may be the one that is wrong.
const MOST_AHEAD_MS = 24 * 60 * 60_000;

/** Values of a dead clock are as new as their arrival. Events keep their time, and their order by it. */
export function dateByArrival(mapped: Mapped): Mapped {
  if (mapped.kind === 'settled' || mapped.operation.kind !== 'upsert') return mapped;
  const { operation } = mapped;
  const { at, receivedAt, createsUser, attributes, emailAddress } = operation;
  const tellsValues = createsUser || attributes.size > 0 || emailAddress !== undefined;
  if (!tellsValues || at <= receivedAt + MOST_AHEAD_MS) return mapped;
  return { ...mapped, operation: { ...operation, at: receivedAt } };
}
