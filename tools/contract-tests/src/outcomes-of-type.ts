import type { ExpectedOutcome, Vector } from './vector';

/** What becomes of the events of one type in all vectors, each kind of outcome once. */
export function outcomesOfType(vectors: readonly Vector[], type: string): readonly ExpectedOutcome['outcome'][] {
  const found = vectors.flatMap(({ events, expect: { outcomes } }) =>
    outcomes.filter((_, at) => typeOf(events[at]) === type).map(({ outcome }) => outcome),
  );
  return [...new Set(found)];
}

function typeOf(event: unknown): unknown {
  return typeof event === 'object' && event !== null && 'type' in event ? event.type : undefined;
}
