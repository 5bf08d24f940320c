import fc from 'fast-check';

/** Calls of five users, how they are handed over, and what goes wrong on the way. */
export interface Sequence {
  /** In order of time. */
  readonly events: readonly SequenceEvent[];
  /** After how many events each hand-over ends; the last takes the rest. */
  readonly cuts: readonly number[];
  /** Which requests fail, counted from the first, and how. */
  readonly failures: readonly { readonly at: number; readonly status: number }[];
}

export type SequenceEvent = Readonly<Record<string, unknown>> & { readonly type: string; readonly userId: string };

/** The name of an event that UserLeap does not take. */
export const REFUSED_EVENT = 'Refused';

const START_MS = Date.parse('2026-01-15T10:00:00.000Z');

const user = fc.constantFrom('ann', 'bob', 'cid', 'dee', 'eve');

const call = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      type: fc.constant('identify'),
      userId: user,
      traits: fc.record(
        { plan: fc.integer({ min: 0, max: 99 }), team: fc.string({ maxLength: 2 }), email: fc.emailAddress() },
        { requiredKeys: [] },
      ),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant('track'),
      userId: user,
      event: fc.constantFrom('Paid', 'Seen', REFUSED_EVENT),
    }),
  },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('alias'), userId: user, previousId: user }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('delete'), userId: user }) },
);

export const arbitrarySequence: fc.Arbitrary<Sequence> = fc.record({
  events: fc.array(call, { minLength: 3, maxLength: 14 }).map((calls) =>
    withoutLateCalls(calls).map((one, at) => {
      const time = new Date(START_MS + at * 1000).toISOString();
      return { ...one, messageId: `m${at}`, timestamp: time, receivedAt: time };
    }),
  ),
  cuts: fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 6 }),
  failures: fc.array(fc.record({ at: fc.integer({ min: 0, max: 25 }), status: fc.constantFrom(500, 503, 429) }), {
    maxLength: 4,
  }),
});

type Call = typeof call extends fc.Arbitrary<infer T> ? T : never;

/**
 * Without what may end otherwise in batches than one by one (docs/mapping.md, Alias): an Alias of an old user who comes to be
 * known later carries what that user has by then, and a Delete of the old user drops an Alias that waits.
 */
function withoutLateCalls(calls: readonly Call[]): readonly Call[] {
  const known = new Set<string>();
  const aliased = new Set<string>();
  return calls.filter((one) => {
    if ('previousId' in one) {
      if (!known.has(one.previousId)) return false;
      aliased.add(one.previousId);
    }
    if (one.type === 'delete') {
      if (aliased.has(one.userId)) return false;
      known.delete(one.userId);
    } else if (one.type !== 'track') known.add(one.userId);
    return true;
  });
}
