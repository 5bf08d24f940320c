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

/** Something of the user was in flight; or it had been leased and not begun, and so nothing came of it up to the look-up. */
function mayHaveBeenLeased(own: readonly Arrival[], incident: Incident, lookedUpAt: number): boolean {
  const begun = own.map(({ request }) => Date.parse(request.receivedAt));
  return (
    own.some((arrival) => wasInFlight(arrival, incident)) ||
    !begun.some((time) => time >= incident.from && time < lookedUpAt)
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
    const cause = incidents.filter((one) => one.from < at && mayHaveBeenLeased(own, one, at)).at(-1);
    if (cause) after.get(cause)?.push(at - cause.from);
    else wrong.push(`${userId} was looked up at ${receivedAt}, though nothing of it was in flight at any incident`);
  }
  for (const times of after.values()) times.sort((one, other) => one - other);
  return { after, wrong };
}
