import type { Clock } from '../delivery/clock';
import type { DestinationDelivery } from '../delivery/destination-delivery';
import type { DestinationPauses } from '../delivery/destination-pauses';
import { isoOf } from '../outbox/port/iso-of';
import type { OtherDestination } from '../outbox/port/other-destination';
import type { OutboxPort } from '../outbox/port/outbox.port';

/** How a destination is doing. Times are ISO-8601. */
export interface DestinationRecord {
  readonly name: string;
  readonly state: 'delivering' | 'paused';
  readonly pausedBy: 'relay' | 'person' | null;
  /** Why the relay has paused it. */
  readonly reason: string | null;
  readonly pausedAt: string | null;
  readonly nextProbeAt: string | null;
  readonly pending: number;
  /** How many of them wait for users whom UserLeap does not know. */
  readonly parked: number;
  /** How many more are held until it is known whose they are. */
  readonly held: number;
  readonly budget: {
    readonly requests: number;
    readonly windowSeconds: number;
    readonly used: number;
    /** UserLeap said not to call before then. */
    readonly blockedUntil: string | null;
  };
}

/** How a destination is doing that was renamed or removed. */
export interface UnconfiguredRecord {
  readonly name: string;
  readonly state: 'not configured';
  readonly pending: number;
  /** Since when the event waits that waits longest. */
  readonly oldestPendingAt: string | null;
}

export function describeUnconfigured({ name, pending, oldestPendingAt }: OtherDestination): UnconfiguredRecord {
  const since = oldestPendingAt === undefined ? null : isoOf(oldestPendingAt);
  return { name, state: 'not configured', pending, oldestPendingAt: since };
}

type Outbox = Pick<OutboxPort, 'budgetUse' | 'countWaitingFor' | 'countHeld'>;

type Time = Pick<Clock, 'now' | 'budgetNow'>;

/** How many events wait or are held, by destination. */
interface Counts {
  readonly waiting: ReadonlyMap<string, number>;
  readonly parked: ReadonlyMap<string, number>;
  readonly held: ReadonlyMap<string, number>;
}

export async function describeDestination(
  delivery: DestinationDelivery,
  outbox: Outbox,
  clock: Time,
): Promise<DestinationRecord> {
  return describe(delivery, await countWaiting(outbox), outbox, clock);
}

/** All of them; what waits is counted once. */
export async function describeDestinations(
  deliveries: readonly DestinationDelivery[],
  outbox: Outbox,
  clock: Time,
): Promise<readonly DestinationRecord[]> {
  const counts = await countWaiting(outbox);
  return Promise.all(deliveries.map((delivery) => describe(delivery, counts, outbox, clock)));
}

async function countWaiting(outbox: Outbox): Promise<Counts> {
  const [waiting, parked, held] = await Promise.all([
    outbox.countWaitingFor(),
    outbox.countWaitingFor('unknown_user'),
    outbox.countHeld(),
  ]);
  return { waiting, parked, held };
}

async function describe(
  { destination: { name, budget }, pauses }: DestinationDelivery,
  { waiting, parked, held }: Counts,
  outbox: Outbox,
  clock: Time,
): Promise<DestinationRecord> {
  const { used, blockedUntil } = await outbox.budgetUse(budget, clock.budgetNow());
  const blockedMs = blockedUntil - clock.budgetNow();
  return {
    name,
    ...describePause(pauses),
    pending: waiting.get(name) ?? 0,
    parked: parked.get(name) ?? 0,
    held: held.get(name) ?? 0,
    budget: {
      requests: budget.requests,
      windowSeconds: budget.windowMs / 1000,
      used,
      blockedUntil: blockedMs > 0 ? isoOf(clock.now() + blockedMs) : null,
    },
  };
}

/** A person's pause hides the relay's: no probe goes out, and it is not the relay that ends it. */
function describePause({ byRelay, byHandAt }: DestinationPauses) {
  const none = { reason: null, pausedAt: null, nextProbeAt: null };
  if (byHandAt !== undefined) {
    return { ...none, state: 'paused', pausedBy: 'person', pausedAt: isoOf(byHandAt) } as const;
  }
  if (!byRelay) return { ...none, state: 'delivering', pausedBy: null } as const;
  const { reason, pausedAt, probeAt } = byRelay;
  return {
    state: 'paused',
    pausedBy: 'relay',
    reason,
    pausedAt: isoOf(pausedAt),
    nextProbeAt: isoOf(probeAt),
  } as const;
}
