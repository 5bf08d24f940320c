import type * as mapping from '@segment-userleap/mapping';
import type * as segmentEvents from '@segment-userleap/segment-events';
import type * as userleapApi from '@segment-userleap/userleap-api';
import { formatIssue } from '@segment-userleap/validation';
import type { Issue, Parsed } from '@segment-userleap/validation';
import type * as Validation from '@segment-userleap/validation';
import { validateSync } from 'class-validator';
import type { ValidationError } from 'class-validator';
import fc from 'fast-check';

type Libs = typeof mapping & typeof segmentEvents & typeof userleapApi;

/** The libs in a registry of their own, with another module in the place of one. */
function loadLibs(name?: string, standIn?: () => object): Libs {
  if (name !== undefined) jest.doMock(name, standIn);
  let libs = {} as Libs;
  jest.isolateModules(() => {
    const load = (lib: string): object => jest.requireActual(`@segment-userleap/${lib}`);
    libs = { ...load('mapping'), ...load('segment-events'), ...load('userleap-api') } as Libs;
  });
  if (name !== undefined) jest.dontMock(name);
  return libs;
}

/** What the relay runs, with class-validator itself asked about each object as well. */
const onPackage = loadLibs('@segment-userleap/validation', () => {
  const validation = jest.requireActual<typeof Validation>('@segment-userleap/validation');
  return {
    ...validation,
    validate: (instance: object): readonly Issue[] => {
      const issues = validation.validate(instance);
      expectSame(issues, validateSync(instance, { stopAtFirstError: true }).flatMap(toIssues));
      return issues;
    },
  };
});
/** What the Function runs. */
const onStandIn = loadLibs('class-validator', () => jest.requireActual('./class-validator'));

function toIssues({ property, constraints, children }: ValidationError): readonly Issue[] {
  const nested = (children ?? []).map((child) => ({ path: `${property}.${child.property}`, message: 'is wrong' }));
  return [...Object.values(constraints ?? {}).map((message) => ({ path: property, message })), ...nested];
}

function expectSame(issues: readonly Issue[], expected: readonly Issue[]): void {
  // `expect` alone would take ten times as long as all the rest.
  if (issues.map(formatIssue).join('\n') !== expected.map(formatIssue).join('\n')) expect(issues).toEqual(expected);
}

// Of every kind, and on both sides of every limit.
const odd = fc.constantFrom<unknown>(
  ...[undefined, null, true, false, 0, -1, 1.5, NaN, Infinity, 366 * 24 * 60 * 60 + 1, 10n, Symbol('s')],
  ...' |.|..|u1|\ud800|12|-1|$value $property|skip|https://x.y/z|https://x.y/?a'.split('|'),
  ...['', 'x'.repeat(256), [], [1], [null], ['a'], {}, { a: 1 }, { a: 'b' }, { '': 'b' }, { a: '' }, { a: '(' }],
  ...[{ ['x'.repeat(256)]: 'a' }, new Date(0), new Map(), () => 1, Promise.resolve(1), Object.create(null)],
);

function recordOf(names: readonly string[]): fc.Arbitrary<Record<string, unknown>> {
  return fc.record(Object.fromEntries(names.map((name) => [name, odd])), { requiredKeys: [] });
}

const FIELDS = [
  ...['userId', 'anonymousId', 'previousId', 'groupId', 'context', 'integrations', 'traits', 'properties'],
  ...['event', 'name', 'category', 'timestamp', 'originalTimestamp', 'receivedAt'],
];
const event = fc
  .tuple(fc.constantFrom(...onPackage.EVENT_TYPES), recordOf(FIELDS))
  .map(([type, fields]) => ({ ...fields, type }));

/** Whoever runs the rules finds the same in generated values; how much that is. */
function compare<T>(
  numRuns: number,
  values: fc.Arbitrary<T>,
  parse: (libs: Libs, value: T) => Parsed<unknown>,
): number {
  let found = 0;
  const issuesOf = (parsed: Parsed<unknown>): readonly Issue[] => (parsed.ok ? [] : parsed.issues);
  fc.assert(
    fc.property(values, (value) => {
      const issues = issuesOf(parse(onPackage, value));
      expectSame(issuesOf(parse(onStandIn, value)), issues);
      found += issues.length;
    }),
    { seed: 20260115, numRuns },
  );
  return found;
}

const RUNS = 20_000;

describe('rules that are written for class-validator, run by our own executor', () => {
  it('find the same as validateSync, in its order, in events', () => {
    expect(compare(RUNS, event, (libs, raw) => libs.parseSegmentEvent(raw))).toBeGreaterThan(RUNS);
  });

  it('find the same as validateSync, in its order, in settings', () => {
    const settings = recordOf(onPackage.SETTING_NAMES);
    const parse = (libs: Libs, raw: object) => libs.parseSettings(raw, { unknownUserGraceSeconds: 300 });
    expect(compare(RUNS, settings, parse)).toBeGreaterThan(2 * RUNS);
  });

  it('find the same as validateSync, in its order, in profiles', () => {
    const profile = fc.record({ attributes: fc.jsonValue(), events: fc.jsonValue() }, { requiredKeys: [] });
    // Of a profile nobody is told what is wrong with it.
    const parse = (libs: Libs, raw: object): Parsed<unknown> => {
      const value = libs.parseUserProfile(JSON.stringify(raw));
      return value ? { ok: true, value } : { ok: false, issues: [{ path: '', message: 'no profile' }] };
    };
    expect(compare(1_000, profile, parse)).toBeGreaterThan(500);
  });
});
