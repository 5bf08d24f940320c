import fc from 'fast-check';

/** Ids that fit and clash (1 and "1"), ids that no host may take for another user, and what is no id at all. */
const someId = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom('u1', 'u2', 'o"neil {x}|^`', 'ü/ü?#%2e é\u{1f600}') },
  { weight: 4, arbitrary: fc.constantFrom<unknown>(1, '1', 1e21, 2 ** 53, -0, 0.1, '__proto__', ' u1 ', 'None') },
  {
    weight: 1,
    arbitrary: fc.constantFrom<unknown>(
      ...[null, undefined, '', ' ', '.', '..', '\ud800', NaN, true, {}, ['u1']],
      ...['x'.repeat(255), 'x'.repeat(256), '\u{1f600}'.repeat(255)],
    ),
  },
);

const someText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 6 }),
  // JSON can carry halves of a pair.
  fc.string({ unit: fc.constantFrom('\ud83d', '\ude00', 'a'), maxLength: 4 }),
  fc.constantFrom('a'.repeat(255), 'a'.repeat(256), '\u{1f600}'.repeat(255), ' ', '', 'null', '\u0000'),
);

const someScalar: fc.Arbitrary<unknown> = fc.oneof(
  someText,
  fc.double(),
  fc.integer(),
  fc.boolean(),
  fc.date({ noInvalidDate: false }),
  fc.constantFrom(null, undefined, NaN, Infinity, -0, 1e308, 5e-324, Number.MAX_SAFE_INTEGER, () => 'function'),
);

const someKey = fc.oneof(
  fc.constantFrom('plan', 'a.b', 'email', '__proto__', 'constructor', 'prototype', 'toString', '!reserved', ' spaced '),
  fc.string({ unit: 'binary', maxLength: 3 }),
  fc.constantFrom('k'.repeat(255), 'k'.repeat(256), '', '.', 'length'),
);

/** Own properties, also under names like `__proto__`. */
const { someRecord, someValue } = fc.letrec<{ someRecord: Record<string, unknown>; someValue: unknown }>((tie) => ({
  someRecord: fc.array(fc.tuple(someKey, tie('someValue')), { maxLength: 6 }).map((entries) => fromEntries(entries)),
  someValue: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    someScalar,
    tie('someRecord'),
    fc.array(tie('someValue'), { maxLength: 3 }),
  ),
}));

const manyTraits = mostly([99, 110], [99, 3_000]).map((count) => numbered(count, 'trait', (at) => at));
const deepTraits = mostly([1, 20], [1, 2_000]).map((levels) => nested(levels));
const email = fc.oneof(
  fc.emailAddress(),
  fc.constantFrom<unknown>(' Jane@Example.com ', 'jane@localhost', 'a@b.c', 'jane doe@example.com', 7, ['a@b.co'], {}),
);
const plainTraits = fc.record({ email, plan: someText, age: fc.integer(), tags: fc.array(someText, { maxLength: 3 }) });
const someTraits = fc.oneof(
  { weight: 4, arbitrary: plainTraits },
  { weight: 4, arbitrary: someRecord },
  { weight: 1, arbitrary: manyTraits },
  { weight: 1, arbitrary: deepTraits },
  { weight: 1, arbitrary: fc.constantFrom<unknown>([], null) },
);

const NOW = Date.parse('2026-01-15T10:00Z');
const someTime = fc.oneof(
  fc.integer({ min: -3600, max: 60 }).map((seconds) => new Date(NOW + seconds * 1000).toISOString()),
  fc.date({ noInvalidDate: false }),
  fc.constantFrom<unknown>('2026-01-15', '2026-02-30', 'Thu, 15 Jan 2026 09:00:00 GMT', 'yesterday', ''),
  fc.constantFrom<unknown>(1768471140, '1768471140.5', 1768471140500, -1, 0, 1e300, NaN, null, undefined, {}, [0]),
);

const eventName = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('Signed Up', 'Paid', ' Paid ', 'Old Name') },
  { weight: 1, arbitrary: someText },
);
const somePlace = fc.constantFrom<unknown>({ url: 'https://shop.example/pricing' }, { url: '' }, { url: 7 }, {}, []);

/** `consent` and `integrations` in the forms that filters read. */
const someContext = fc.record(
  {
    traits: someTraits,
    page: somePlace,
    consent: fc.constantFrom<unknown>({ categoryPreferences: { Ads: true } }, { categoryPreferences: [] }, null, 'yes'),
  },
  { requiredKeys: [] },
);
const someIntegrations = fc.constantFrom<unknown>({ All: false }, { All: false, Sprig: {} }, { UserLeap: false }, {});

const wellFormed = {
  userId: someId,
  anonymousId: fc.constantFrom<unknown>('anon', 'u2'),
  previousId: someId,
  traits: someTraits,
  properties: fc.oneof(somePlace, someRecord),
  event: eventName,
  name: eventName,
  category: fc.constant('Docs'),
  groupId: fc.constantFrom<unknown>('g1', ''),
  context: someContext,
  integrations: fc.oneof({ weight: 6, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: someIntegrations }),
  timestamp: someTime,
  originalTimestamp: someTime,
  receivedAt: someTime,
};
const type = fc.oneof(
  { weight: 6, arbitrary: fc.constant('identify') },
  { weight: 6, arbitrary: fc.constant('track') },
  { weight: 3, arbitrary: fc.constantFrom('page', 'screen', 'alias', 'delete') },
  { weight: 1, arbitrary: fc.constantFrom<unknown>('group', 'Track', 'constructor', undefined, 5, ['track']) },
);

const usualEvent = fc.record({ ...wellFormed, type }, { requiredKeys: ['type', 'userId', 'previousId', 'event'] });
/** A field of a usual event with something else in it, whatever is expected there. */
const spoiltEvent = fc
  .tuple(usualEvent, fc.constantFrom(...Object.keys(wellFormed)), someValue)
  .map(([event, key, value]) => ({ ...event, [key]: value }));

/** One event as a host may be handed it, hostile ones among them. Holds nothing but what structured data can hold. */
export const arbitraryEvent: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 12, arbitrary: usualEvent },
  { weight: 2, arbitrary: spoiltEvent },
  { weight: 1, arbitrary: fc.oneof(someRecord, someValue) },
);

/** The same, all of one user. */
export function withUser(event: unknown, userId: unknown): unknown {
  return typeof event === 'object' && event !== null && 'userId' in event ? { ...event, userId } : event;
}

/** The large ones take long, so there are fewer of them. */
function mostly(usual: readonly [number, number], all: readonly [number, number]): fc.Arbitrary<number> {
  const between = ([min, max]: readonly [number, number]): fc.Arbitrary<number> => fc.integer({ min, max });
  return fc.oneof({ weight: 4, arbitrary: between(usual) }, { weight: 1, arbitrary: between(all) });
}

function numbered<T>(count: number, prefix: string, valueOf: (at: number) => T): Record<string, T> {
  return fromEntries(Array.from({ length: count }, (_, at) => [`${prefix}${at}`, valueOf(at)]));
}

function nested(levels: number): Record<string, unknown> {
  let inner: Record<string, unknown> = { leaf: 1 };
  for (let level = 1; level < levels; level += 1) inner = { inner };
  return inner;
}

function fromEntries<T>(entries: readonly (readonly [string, T])[]): Record<string, T> {
  return Object.fromEntries(entries);
}
