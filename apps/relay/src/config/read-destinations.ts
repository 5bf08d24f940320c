import { readFileSync } from 'node:fs';
import { parseSettings, SETTING_NAMES } from '@segment-userleap/mapping';
import { expectedText, isRecord, isText } from '@segment-userleap/validation';
import type { Issue, Parsed } from '@segment-userleap/validation';
import type { Destination } from './relay-config';
import { RETRY_HORIZON_SECONDS } from './retry-horizon';

const KEYS = ['name', 'writeKeys', 'settings'];
const LOOPBACK = /^https?:\/\/(localhost|127\.|\[::1\])/;

type Read = Parsed<readonly Destination[]>;

/** Reads the file of `RELAY_DESTINATIONS`: a JSON array of destinations. */
export function readDestinations(path: string): Read {
  let raw: unknown;
  try {
    raw = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    const what = error instanceof SyntaxError ? 'a JSON file' : 'a file that can be read';
    return fail([{ path: 'RELAY_DESTINATIONS', message: `expected ${what}` }]);
  }
  if (!Array.isArray(raw) || raw.length === 0) {
    return fail([{ path: 'RELAY_DESTINATIONS', message: expectedText('a list of destinations', raw) }]);
  }
  const parsed = raw.map((item, index) => parseDestination(item, `RELAY_DESTINATIONS[${index}]`));
  const issues = parsed.flatMap((one) => (one.ok ? [] : one.issues));
  const destinations = parsed.flatMap((one) => (one.ok ? [one.value] : []));
  issues.push(
    ...findRepeated(
      'name',
      destinations.map(({ name }) => name),
    ),
  );
  issues.push(
    ...findRepeated(
      'writeKeys',
      destinations.flatMap(({ writeKeys }) => writeKeys),
    ),
  );
  return issues.length === 0 ? { ok: true, value: destinations } : fail(issues);
}

/** One destination; issues begin with `path`. Refuses a real key that anybody could send through. */
export function parseDestination(raw: unknown, path: string, nameSetting = dotted): Parsed<Destination> {
  if (!isRecord(raw)) return fail([{ path, message: expectedText('a destination object', raw) }]);
  const { name, writeKeys = [], settings: rawSettings } = raw;
  const issues: Issue[] = findUnknown(raw, KEYS, path);
  if (!isText(name) || !/^[\w-]{1,64}$/.test(name)) {
    issues.push({ path: `${path}.name`, message: 'expected 1 to 64 letters, digits, - or _' });
  }
  if (!Array.isArray(writeKeys) || !writeKeys.every((key) => isText(key) && key !== '')) {
    issues.push({ path: `${path}.writeKeys`, message: expectedText('a list of write keys', writeKeys) });
  }
  if (isRecord(rawSettings)) issues.push(...findUnknown(rawSettings, SETTING_NAMES, `${path}.settings`));
  const settings = parseSettings(rawSettings, { unknownUserGraceSeconds: RETRY_HORIZON_SECONDS });
  if (!settings.ok) {
    issues.push(...settings.issues.map((issue) => ({ ...issue, path: nameSetting(`${path}.settings`, issue.path) })));
  }
  if (issues.length > 0 || !settings.ok || !isText(name) || !Array.isArray(writeKeys)) return fail(issues);
  const keys: readonly string[] = writeKeys.filter(isText);
  if (keys.length === 0 && !LOOPBACK.test(settings.value.endpoint)) {
    const message = 'expected a write key: without one anybody could send to your UserLeap';
    return fail([{ path: nameSetting(path, 'writeKeys'), message }]);
  }
  return { ok: true, value: { name, writeKeys: keys, settings: settings.value } };
}

function findUnknown(record: object, known: readonly string[], path: string): Issue[] {
  const unknown = Object.keys(record).filter((key) => !known.includes(key));
  return unknown.map((key) => ({ path: `${path}.${key}`, message: `expected one of ${known.join(', ')}` }));
}

function findRepeated(what: string, values: readonly string[]): Issue[] {
  const isRepeated = new Set(values).size < values.length;
  return isRepeated ? [{ path: 'RELAY_DESTINATIONS', message: `expected ${what} to differ` }] : [];
}

function dotted(path: string, field: string): string {
  return `${path}.${field}`;
}

function fail(issues: readonly Issue[]): { ok: false; issues: readonly Issue[] } {
  return { ok: false, issues };
}
