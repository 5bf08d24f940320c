import type { RecordedRequest } from '@segment-userleap/userleap-sandbox';
import type { Arrival } from '../crash/crash-arrivals';
import { wasInFlight } from './incident';
import type { Incident } from './incident';

/** Look-ups of users of whom something was in flight at an incident, or about to be. */
export interface LookUps {
  /** By incident, how many milliseconds after it they came, shortest first. */
  readonly after: ReadonlyMap<Incident, readonly number[]>;
  /** A sentence for each of a user of whom nothing was in flight at any incident. */
  readonly wrong: readonly string[];
}

/** What it was leased for had not begun: nothing of the user came from the incident up to the look-up. */
function hadNotBegun(own: readonly Arrival[], { from }: Incident, lookedUpAt: number): boolean {
  return !own.some(
    ({ request }) => Date.parse(request.receivedAt) >= from && Date.parse(request.receivedAt) < lookedUpAt,
  );
}

/** Every user is known, so nobody is looked up for another reason. */
export function findLookUps(
  requests: readonly RecordedRequest[],
  arrivals: readonly Arrival[],
  incidents: readonly Incident[],
): LookUps {
  const after = new Map(incidents.map((incident) => [incident, [] as number[]]));
  const wrong: string[] = [];
  for (const { method, path, receivedAt } of requests) {
    if (method !== 'GET') continue;
    const userId = decodeURIComponent(path.split('/').at(-1) ?? '');
    const at = Date.parse(receivedAt);
    const own = arrivals.filter((arrival) => arrival.userId === userId);
    const before = incidents.filter(({ from }) => from < at);
    const cause =
      before.filter((one) => own.some((arrival) => wasInFlight(arrival, one))).at(-1) ??
      before.filter((one) => hadNotBegun(own, one, at)).at(-1);
    if (cause) after.get(cause)?.push(at - cause.from);
    else wrong.push(`${userId} was looked up at ${receivedAt}, though nothing of it was in flight at any incident`);
  }
  for (const times of after.values()) times.sort((one, other) => one - other);
  return { after, wrong };
}
