/** The name of an event that UserLeap refuses. */
export const POISON = 'Poison';

const FIRST_TIME = Date.parse('2026-01-15T10:00:00.000Z');

/** An event as a sender made it. A user's steps count up from 0 in the order in which they happened, a millisecond apart. */
export interface SentEvent {
  readonly messageId: string;
  readonly userId: string;
  readonly step: number;
  readonly kind: 'identify' | 'track' | 'page' | 'poison';
}

/** The event as Segment writes it; from what UserLeap gets of it, its step can be told. */
export function toSegmentEvent({ messageId, userId, step, kind }: SentEvent): Record<string, unknown> {
  const common = { messageId, userId, timestamp: new Date(FIRST_TIME + step).toISOString() };
  switch (kind) {
    case 'identify':
      return { ...common, type: 'identify', traits: { [`step${step}`]: true } };
    case 'track':
      return { ...common, type: 'track', event: `Step ${step}` };
    case 'page':
      return { ...common, type: 'page', properties: { url: 'https://shop.example/' } };
    case 'poison':
      return { ...common, type: 'track', event: POISON };
  }
}

/** The step of an event in an upsert. */
export function stepOfTime(timestamp: number): number {
  return timestamp - FIRST_TIME;
}

/** The step of the Identify that set an attribute. */
export function stepOfAttribute(name: string): number {
  return Number(name.slice('step'.length));
}

/** The name under which UserLeap counts it; undefined where it counts nothing. */
export function nameOf({ kind, step }: SentEvent): string | undefined {
  switch (kind) {
    case 'track':
      return `Step ${step}`;
    case 'page':
      return 'pageview';
    case 'identify':
    case 'poison':
      return undefined;
  }
}

/** `a1`, `a2`, …, at least one. */
export function nameUsers(prefix: string, count: number): readonly [string, ...string[]] {
  return [`${prefix}1`, ...Array.from({ length: count - 1 }, (_, at) => `${prefix}${at + 2}`)];
}
