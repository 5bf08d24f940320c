import type { Vector } from './vector';

/**
 * The first vector of each shape that a store can tell from others: kinds of events, and what becomes of them by which requests.
 * What they say beside that is the mapping's, which does not know where events are kept. How many there are, and in which order
 * they come back, is what the port's own tests ask of each store.
 */
export function oneOfEachShape(vectors: readonly Vector[]): readonly Vector[] {
  const first = new Map<string, Vector>();
  for (const vector of [...vectors].reverse()) first.set(shapeOf(vector), vector);
  return vectors.filter((vector) => first.get(shapeOf(vector)) === vector);
}

function shapeOf({ door, earlier = [], before = [], events, expect }: Vector): string {
  const outcomes = expect.outcomes.map(({ outcome, reason, warnings = [] }) => [outcome, reason, warnings.length > 0]);
  const requests = expect.requests.map(({ method, path }) => `${method} ${path.replace(/(?<=users\/).*/, '')}`);
  return JSON.stringify([
    door,
    kindsOf(earlier.flatMap(({ events }) => events.map(typeOf))),
    kindsOf(before.map(typeOf)),
    kindsOf(events.map(typeOf)),
    kindsOf(outcomes),
    kindsOf(requests),
    hasOddText([earlier, before, events]),
  ]);
}

/** Each once, whatever their order. */
function kindsOf(values: readonly unknown[]): readonly string[] {
  return [...new Set(values.map((value) => JSON.stringify(value)))].sort();
}

function typeOf(event: unknown): unknown {
  return typeof event === 'object' && event !== null && 'type' in event ? event.type : typeof event;
}

/** Stores keep text each in its own way. */
function hasOddText(events: unknown): boolean {
  return /[^ -~]|\\u/.test(JSON.stringify(events));
}
