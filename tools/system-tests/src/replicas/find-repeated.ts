import type { Arrival } from '../crash/crash-arrivals';
import { MOST_TURNS } from './in-flight';
import type { Incident } from './incident';
import { spanOf } from './span-of';

// From the answer until its outcome is kept, on a busy machine.
const KEEPING_MS = 1_000;

/** The requests whose events came again later, by what had happened. */
export interface Repeated {
  readonly byIncident: ReadonlyMap<Incident, readonly Arrival[]>;
  /** A sentence for each that was in flight at no incident, and for each incident after which too many came again. */
  readonly wrong: readonly string[];
}

/** `arrivals`: all of what UserLeap got, whatever became of its answer, in order of arrival. */
export function findRepeated(arrivals: readonly Arrival[], incidents: readonly Incident[]): Repeated {
  const byIncident = new Map(incidents.map((incident) => [incident, [] as Arrival[]]));
  const wrong = findCarriers(arrivals).flatMap((carrier) => {
    const incident = incidents.find((one) => wasInFlight(carrier, one));
    if (incident) byIncident.get(incident)?.push(carrier);
    const { userId, request } = carrier;
    return incident ? [] : [`${userId} got again what was in flight at no incident, from ${request.receivedAt} on`];
  });
  for (const [{ what, replicas }, { length }] of byIncident) {
    if (length > MOST_TURNS * replicas) wrong.push(`${length} requests were sent again after ${what}`);
  }
  return { byIncident, wrong };
}

function findCarriers(arrivals: readonly Arrival[]): readonly Arrival[] {
  const seen = new Set<string>();
  return [...arrivals].reverse().filter(({ userId, steps, identifies }) => {
    const names = [...steps, ...identifies].map((step) => `${userId}-${step}`);
    const cameAgain = names.some((name) => seen.has(name));
    for (const name of names) seen.add(name);
    return cameAgain;
  });
}

function wasInFlight({ request }: Arrival, { from, to }: Incident): boolean {
  const span = spanOf(request);
  return span.from <= to && span.to + KEEPING_MS >= from;
}
