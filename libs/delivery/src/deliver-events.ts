import { laneOf, mapEvent, reasoned } from '@segment-userleap/mapping';
import type { Outcome, Settings } from '@segment-userleap/mapping';
import { deliverLane } from './deliver-lane';
import type { Lane } from './deliver-lane';
import { deliverPurges, dropDeleted, usersOf } from './deliver-purges';
import type { DeliveryPorts } from './delivery-ports';
import { DeliveryRun } from './delivery-run';
import { groupBy } from './group-by';
import { inParallel } from './in-parallel';
import { isCarryOver, isPurge } from './pending';
import type { Pending } from './pending';

const LANES_AT_ONCE = 10;

/**
 * Brings events of one destination to UserLeap in the fewest requests and says what became of each, in the order given.
 * What is given for one user keeps its order and shares requests; different users go side by side. Every event gets an
 * outcome, whatever it is and whatever UserLeap answers; rejects only where a port does.
 */
export async function deliverEvents(
  events: readonly unknown[],
  settings: Settings,
  ports: DeliveryPorts,
): Promise<readonly Outcome[]> {
  const run = new DeliveryRun(settings, ports);
  const left = dropDeleted(run, mapAll(run, events));
  const purging = await deliverPurges(run, left.filter(isPurge));
  const lanes = toLanes(left.filter((one) => !isPurge(one)));

  const [blocked, free] = partition(lanes, ({ pending }) => pending.flatMap(usersOf).some((id) => purging.has(id)));
  for (const { pending } of blocked) run.settleAll(pending, reasoned('retry', 'waiting_for_earlier'));
  const [aliasing, others] = partition(free, ({ pending }) => pending.some(isCarryOver));
  const aliased = new Set(aliasing.flatMap(({ pending }) => pending.flatMap(usersOf)));
  const [heirs, strangers] = partition(others, ({ userId }) => aliased.has(userId));
  const deliverAll = (side: readonly Lane[]) => inParallel(side, LANES_AT_ONCE, (lane) => deliverLane(run, lane));
  // Carrying over makes the new user known, and so saves its look-up. Nobody else waits for it: it may hang.
  const deliverAliased = async (): Promise<void> => {
    await deliverAll(aliasing);
    for (const { index, operation } of left.filter(isCarryOver)) {
      if (run.outcomeOf(index).outcome === 'retry') run.expected.add(operation.userId);
    }
    await deliverAll(heirs);
  };
  await Promise.all([deliverAliased(), deliverAll(strangers)]);

  return events.map((_, index) => run.outcomeOf(index));
}

/** Maps every event; settles what needs no request, returns the rest. */
function mapAll(run: DeliveryRun, events: readonly unknown[]): readonly Pending[] {
  const now = run.ports.now();
  return events.flatMap((raw, index) => {
    const mapped = mapEvent(raw, run.settings, now);
    if (mapped.kind === 'operation') return [{ index, operation: mapped.operation, warnings: mapped.warnings }];
    run.settle({ index, warnings: [] }, mapped.outcome);
    return [];
  });
}

function toLanes(pending: readonly Pending[]): readonly Lane[] {
  return [...groupBy(pending, ({ operation }) => laneOf(operation))].map(([userId, lane]) => ({
    userId,
    pending: lane,
  }));
}

function partition<T>(items: readonly T[], matches: (item: T) => boolean): readonly [readonly T[], readonly T[]] {
  return [items.filter(matches), items.filter((item) => !matches(item))];
}
