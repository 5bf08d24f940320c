import { SETTING_NAMES } from '@segment-userleap/mapping';
import fc from 'fast-check';
import { arbitraryEvent, withUser } from './arbitrary-event';
import type { ScriptedReply, Vector } from './vector';

/** What is played: a vector without expectations. */
export type Case = Pick<Vector, 'now' | 'settings' | 'events' | 'replies'>;

const names = fc.subarray(['Paid', 'Signed Up', 'Old Name', 'trait1'], { maxLength: 2 });
const traits = fc.subarray(['plan', 'email', '__proto__', 'inner', 'a'], { maxLength: 2 });
/** One Page makes as many events as there are patterns: six Pages are more than one request takes. */
const urlEvents = fc
  .constantFrom(1, 3, 100)
  .map((count) => Object.fromEntries(Array.from({ length: count }, (_, at) => [`Page ${at}`, 'pric'])));

const settings = fc.record(
  {
    unknownUsers: fc.constantFrom('skip', 'create'),
    unknownUserGraceSeconds: fc.constantFrom<unknown>(0, '60'),
    pageEventName: fc.constantFrom('Page Viewed', '\u{1f600}'.repeat(255)),
    pageUrlEvents: urlEvents,
    eventNames: fc.constant(JSON.parse('{ "Old Name": "New Name", "__proto__": "Proto" }')),
    allowEvents: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: names }),
    denyEvents: names,
    allowTraits: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: traits }),
    denyTraits: traits,
    userIdFields: fc.constantFrom(['userId', 'traits.a', 'context.traits.plan'], ['traits.a.b', 'userId']),
    traitNames: fc.constantFrom<unknown>({ plan: 'Plan', 'inner.a': 'a' }, { a: 'plan' }),
    emailFields: fc.constantFrom(['properties.email', 'context.traits.email'], ['traits.plan', 'traits.email']),
    integrationNames: fc.constant(['Amplitude']),
    groupTraits: fc.constantFrom<unknown>(true, 'true'),
    sampleUsers: fc.constantFrom<unknown>(100, '57.9'),
    consentCategories: fc.constant(['Ads']),
    trackScreens: fc.constantFrom<unknown>(true, 'true'),
    acceptOddIds: fc.boolean(),
    purgeAliased: fc.boolean(),
    purgeDelaySeconds: fc.constantFrom<unknown>(0, '3600'),
  },
  { requiredKeys: [] },
);

const USERS = ['u1', 'u2', '1'];
// They end the whole batch: how far other users have come by then is a matter of time.
const HALTING = [401, 403, 302, 405, 429];
const PASSING = [200, 400, 408, 413, 422, 425, 500, 503];

function replies(statuses: readonly number[]): fc.Arbitrary<ScriptedReply[]> {
  const fault = fc.oneof(
    fc.record({ status: fc.constantFrom(...statuses), body: fc.constant({ error: 'as scripted' }) }),
    fc.constant({ network_failure: true }),
  );
  const target = fc.oneof(
    fc.constantFrom(...USERS).map((userId) => ({ to: 'POST /v2/users', userId })),
    fc.constantFrom(...USERS).map((userId) => ({ to: `GET /v2/users/${userId}` })),
    fc.constantFrom(...USERS).map((userId) => ({ to: 'POST /v2/users', userId, event: 'Paid' })),
    fc.constant({ to: 'POST /v2/purge/visitors' }),
  );
  const reply = fc
    .tuple(target, fault, fc.constantFrom(1, 2, 50))
    .map(([to, answer, times]): ScriptedReply => ({ ...to, ...answer, times }));
  return fc.oneof(
    { weight: 2, arbitrary: fc.constant<ScriptedReply[]>([]) },
    { weight: 3, arbitrary: fc.array(reply, { minLength: 1, maxLength: 3 }) },
  );
}

const now = fc.constant('2026-01-15T10:00:00.000Z');

const severalUsers: fc.Arbitrary<Case> = fc.record({
  now,
  settings,
  events: fc.array(arbitraryEvent, { minLength: 1, maxLength: 25 }),
  replies: replies(PASSING),
});

const oneUser: fc.Arbitrary<Case> = fc.record({
  now,
  settings,
  events: fc
    .tuple(fc.array(arbitraryEvent, { minLength: 1, maxLength: 25 }), fc.constantFrom(...USERS))
    .map(([events, userId]) => events.filter((event) => !isAlias(event)).map((event) => withUser(event, userId))),
  replies: replies([...PASSING, ...HALTING]),
});

const oneEvent: fc.Arbitrary<Case> = fc.record({
  now,
  settings,
  events: fc.tuple(arbitraryEvent),
  replies: replies([...PASSING, ...HALTING]),
});

/** Events, settings and faults of which every host must make the same, whatever comes first on the wire. */
export const arbitraryCase: fc.Arbitrary<Case> = fc.oneof(severalUsers, oneUser, oneEvent);

const wrongSetting = fc.tuple(
  fc.constantFrom(...SETTING_NAMES.filter((name) => name !== 'apiKey' && name !== 'endpoint')),
  fc.oneof(
    fc.constantFrom<unknown>(-1, 1.5, NaN, 'often', true, [], {}, [5], [null], { a: 5 }, { a: '(' }, { a: '(?=b)' }),
    fc.constantFrom<unknown>(
      { '': 'a' },
      { a: ' ' },
      { ['x'.repeat(256)]: 'x' },
      { a: 'x'.repeat(256) },
      'x'.repeat(256),
    ),
    fc.anything({ maxDepth: 2, values: [fc.string(), fc.double(), fc.boolean(), fc.constant(null)] }),
  ),
);

/** Settings that are mostly wrong in one or more places. */
export const arbitrarySettings: fc.Arbitrary<Readonly<Record<string, unknown>>> = fc
  .tuple(settings, fc.array(wrongSetting, { minLength: 1, maxLength: 4 }))
  .map(([right, wrong]) => ({ ...right, ...Object.fromEntries(wrong) }));

function isAlias(event: unknown): boolean {
  return typeof event === 'object' && event !== null && 'type' in event && event.type === 'alias';
}
