import { SeededRandom } from '@segment-userleap/relay-driver';

/** An Identify of one of several users, with a few of their attributes. */
export interface HistoryEvent {
  readonly type: 'identify';
  readonly messageId: string;
  readonly userId: string;
  /** ISO-8601; no two of one user's are equal. */
  readonly timestamp: string;
  readonly traits: Readonly<Record<string, string>>;
}

const START_MS = Date.UTC(2026, 0, 1);
const ATTRIBUTES = 8;
const MOST_AT_A_TIME = 4;
// Few, so that a call often says what UserLeap has already.
const VALUES = 5;

/** So many calls of so many users, in an order of arrival that has nothing to do with the order of time. */
export function makeHistory(calls: number, users: number, seed: number): readonly HistoryEvent[] {
  const random = new SeededRandom(seed);
  const events = Array.from({ length: calls }, (_, at): HistoryEvent => {
    const names = Array.from({ length: random.between(1, MOST_AT_A_TIME) }, () => `t${random.between(1, ATTRIBUTES)}`);
    return {
      type: 'identify',
      messageId: `m${at}`,
      userId: `user-${random.between(1, users)}`,
      timestamp: new Date(START_MS + at * 1_000).toISOString(),
      traits: Object.fromEntries(names.map((name) => [name, `v${random.between(1, VALUES)}`])),
    };
  });
  return shuffled(events, random);
}

function shuffled<T>(items: readonly T[], random: SeededRandom): readonly T[] {
  return items
    .map((item) => ({ item, place: random.next() }))
    .sort((one, other) => one.place - other.place)
    .map(({ item }) => item);
}

/** What each attribute of each user has in the end: `user attribute` → the value with the newest time. */
export function newestValues(events: readonly HistoryEvent[]): ReadonlyMap<string, string> {
  const inOrder = [...events].sort((one, other) => (one.timestamp < other.timestamp ? -1 : 1));
  return new Map(
    inOrder.flatMap(({ userId, traits }) =>
      Object.entries(traits).map(([name, value]) => [`${userId} ${name}`, value] as const),
    ),
  );
}
