import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { REASONS, SETTING_NAMES, WARNINGS } from '@segment-userleap/mapping';
import type { ReasonCode } from '@segment-userleap/mapping';
import { EVENT_TYPES } from '@segment-userleap/segment-events';
import { loadSettingsVectors, loadVectors } from '../src/load-vectors';
import { outcomesOfType } from '../src/outcomes-of-type';

/** What no vector can bring about, and why. */
const BEYOND_VECTORS: Readonly<Partial<Record<ReasonCode, string>>> = {
  out_of_time: 'The clock of a vector stands still, so that no deadline passes.',
};

const HOSTS = ['libs', 'relay', 'function'];

const vectors = loadVectors();
const outcomes = vectors.flatMap(({ expect: { outcomes } }) => outcomes);

describe('the contract vectors, taken together', () => {
  it('are many', () => {
    expect(vectors.length).toBeGreaterThanOrEqual(100);
  });

  it.each(EVENT_TYPES)('hold an event of type %s that goes well and one that does not', (type) => {
    const found = outcomesOfType(vectors, type);
    expect(found).toContain('delivered');
    expect(found.filter((outcome) => outcome !== 'delivered')).not.toEqual([]);
  });

  it('show every reason that a vector can bring about, and no other', () => {
    const shown = new Set(outcomes.map(({ reason }) => reason).filter((reason) => reason !== undefined));
    const expected = Object.keys(REASONS).filter((reason) => !Object.hasOwn(BEYOND_VECTORS, reason));
    expect([...shown].sort()).toEqual(expected.sort());
  });

  it('show every warning, and no other', () => {
    const shown = new Set(outcomes.flatMap(({ warnings = [] }) => warnings.map(({ code }) => code)));
    expect([...shown].sort()).toEqual(Object.keys(WARNINGS).sort());
  });

  it('give every setting but the ones that the runner gives', () => {
    const given = new Set(vectors.flatMap(({ settings }) => Object.keys(settings)));
    const expected = SETTING_NAMES.filter((name) => name !== 'apiKey' && name !== 'endpoint');
    expect([...given].sort()).toEqual([...expected].sort());
  });

  it('come with a page, docs/mapping.md, that lists every reason, warning and setting', () => {
    const docs = readFileSync(join(__dirname, '../../../docs/mapping.md'), 'utf8');
    const listed = new Set([...docs.matchAll(/^\| `(\w+)`/gm)].map(([, name]) => name));
    const names = [...Object.keys(REASONS), ...Object.keys(WARNINGS), ...SETTING_NAMES];
    expect(names.filter((name) => !listed.has(name))).toEqual([]);
  });

  it('play no case twice, and claim nothing twice', () => {
    const cases = vectors.map(({ now, settings, earlier, before, events, replies }) =>
      inspect(
        { now, settings, earlier, before, events, replies },
        { depth: null, maxArrayLength: null, maxStringLength: null },
      ),
    );
    expect(vectors.filter((_, at) => cases.indexOf(cases[at] ?? '') !== at).map(({ name }) => name)).toEqual([]);
    expect(new Set(vectors.map(({ name }) => name.toLowerCase())).size).toBe(vectors.length);
  });
});

describe('each vector of settings', () => {
  it.each(loadSettingsVectors().map((vector) => [vector.name, vector] as const))('%s is complete', (_, vector) => {
    expect(vector.why).toMatch(/\S/);
    expect(vector.cases).not.toEqual([]);
    const texts = vector.cases.map(({ settings }) => JSON.stringify(settings));
    expect(new Set(texts).size).toBe(texts.length);
  });
});

describe('each contract vector', () => {
  it.each(vectors.map((vector) => [vector.name, vector] as const))('%s is complete', (name, vector) => {
    expect(name).toMatch(/^[a-z-]+\/[a-z0-9-]+$/);
    expect(vector.why).toMatch(/\S/);
    expect(vector.now).toBe(new Date(vector.now).toISOString());
    expect(vector.events).not.toEqual([]);
    expect(vector.expect.requests).toEqual(expect.any(Array));
    expect(vector.expect.outcomes).toHaveLength(vector.events.length);
    for (const { host, why } of vector.skip ?? []) {
      expect(HOSTS).toContain(host);
      expect(why).toMatch(/\S/);
    }
  });
});
