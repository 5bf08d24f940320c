import type { Arrival } from '../crash/crash-arrivals';

/** A sentence for each request that carries something again. `arrivals`: what UserLeap took, in order of arrival. */
export function findRepeated(arrivals: readonly Arrival[]): readonly string[] {
  const seen = new Set<string>();
  return arrivals.flatMap(({ userId, steps, request }) => {
    const names = steps.map((step) => `${userId}-${step}`);
    const again = names.filter((name) => seen.has(name));
    for (const name of names) seen.add(name);
    return again.length === 0 ? [] : [`${again.join(', ')} came again at ${request.receivedAt}`];
  });
}
