import { mapEvent } from '@segment-userleap/mapping';
import type { Outcome, Settings } from '@segment-userleap/mapping';
import { deliverFamily } from './deliver-family';
import { deliverPurges, dropDeleted } from './deliver-purges';
import type { DeliveryPorts } from './delivery-ports';
import { DeliveryRun } from './delivery-run';
import { groupByFamily } from './group-by-family';
import { inParallel } from './in-parallel';
import { isCarryOver, isPurge } from './pending';
import type { Pending } from './pending';

const FAMILIES_AT_ONCE = 10;

/**
 * Brings events of one destination to UserLeap in the fewest requests and says what became of each, in the order given.
 * What is given for one user keeps its order and shares requests; users that have nothing to do with each other go side by
 * side. Every event gets an outcome, whatever it is and whatever UserLeap answers; rejects only where a port does.
 */
export async function deliverEvents(
  events: readonly unknown[],
  settings: Settings,
  ports: DeliveryPorts,
): Promise<readonly Outcome[]> {
  const run = new DeliveryRun(settings, ports);
  const left = dropDeleted(run, mapAll(run, events));
  const blocked = await deliverPurges(run, left.filter(isPurge));
  const families = groupByFamily(left.filter((one) => !isPurge(one)));

  const deliverAll = (side: readonly (readonly Pending[])[]) =>
    inParallel(side, FAMILIES_AT_ONCE, (family) => deliverFamily(run, family, blocked));
  // Nobody else waits for an Alias: it may hang.
  const [aliased, others] = partition(families, (family) => family.some(isCarryOver));
  await Promise.all([deliverAll(aliased), deliverAll(others)]);

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

function partition<T>(items: readonly T[], matches: (item: T) => boolean): readonly [readonly T[], readonly T[]] {
  return [items.filter(matches), items.filter((item) => !matches(item))];
}
