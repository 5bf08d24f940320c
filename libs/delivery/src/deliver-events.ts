import { mapEvent } from '@segment-userleap/mapping';
import type { Outcome, Settings } from '@segment-userleap/mapping';
import { deliverFamily } from './deliver-family';
import { deliverPurges, dropDeleted } from './deliver-purges';
import type { DeliveryPorts } from './delivery-ports';
import { DeliveryRun } from './delivery-run';
import { groupByFamily } from './group-by-family';
import { inParallel } from './in-parallel';
import { isCarryOver, isPurge, usersOf } from './pending';
import type { Pending } from './pending';

type Family = readonly Pending[];

const FAMILIES_AT_ONCE = 10;

/**
 * Brings events of one destination to UserLeap in the fewest requests and says what became of each, in the order given.
 * What is given for one user keeps its order and shares requests; users that have nothing to do with each other go side by
 * side. Every event gets an outcome, whatever it is and whatever UserLeap answers; rejects only where a port does. Events are
 * asked for one after the other, and none is held once the next is asked for.
 */
export async function deliverEvents(
  events: Iterable<unknown>,
  settings: Settings,
  ports: DeliveryPorts,
): Promise<readonly Outcome[]> {
  const run = new DeliveryRun(settings, ports);
  const { count, pending } = mapAll(run, events);
  const left = dropDeleted(run, pending);
  const purges = left.filter(isPurge);
  const purged = new Set(purges.map(({ operation }) => operation.userId));
  const families = groupByFamily(left.filter((one) => !isPurge(one)));

  const deliverAll = (side: readonly Family[], blocked: ReadonlySet<string> = new Set()) =>
    inParallel(side, FAMILIES_AT_ONCE, (family) => deliverFamily(run, family, blocked));
  // Nobody waits for a purge or an Alias that has nothing to do with it: it may hang.
  const [after, free] = partition(families, (family) => family.flatMap(usersOf).some((userId) => purged.has(userId)));
  const [aliased, others] = partition(free, (family) => family.some(isCarryOver));
  const deliverPurged = async (): Promise<void> => deliverAll(after, await deliverPurges(run, purges));
  await Promise.all([deliverPurged(), deliverAll(aliased), deliverAll(others)]);

  return Array.from({ length: count }, (_, index) => run.outcomeOf(index));
}

/** Maps every event; settles what needs no request, returns the rest. */
function mapAll(run: DeliveryRun, events: Iterable<unknown>): { count: number; pending: readonly Pending[] } {
  const now = run.ports.now();
  const map = run.ports.mapEvent ?? mapEvent;
  const pending: Pending[] = [];
  let count = 0;
  for (const raw of events) {
    const index = count;
    count += 1;
    const mapped = map(raw, run.settings, now);
    if (mapped.kind === 'operation') pending.push({ index, operation: mapped.operation, warnings: mapped.warnings });
    else run.settle({ index, warnings: [] }, mapped.outcome);
  }
  return { count, pending };
}

function partition<T>(items: readonly T[], matches: (item: T) => boolean): readonly [readonly T[], readonly T[]] {
  return [items.filter(matches), items.filter((item) => !matches(item))];
}
