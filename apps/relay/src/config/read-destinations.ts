import { readFileSync } from 'node:fs';
import { isLoopback, parseSettings, SETTING_NAMES } from '@segment-userleap/mapping';
import { expectedText, isRecord, isText } from '@segment-userleap/validation';
import type { Issue, Parsed } from '@segment-userleap/validation';
import type { Destination } from './relay-config';
import { budgetOf } from './budget-of';
import { DEFAULT_RATE_LIMIT, NUMBER_OF_USERS_FORM, RATE_LIMIT_FORM } from './environment';
import { parseRateLimit } from './parse-rate-limit';
import { upgradeNotes } from './upgrade-notes';

const KEYS = ['name', 'writeKeys', 'sharedSecrets', 'rateLimit', 'monthlyUsers', 'bulkUpserts', 'settings'];
const CREDENTIALS = ['writeKeys', 'sharedSecrets'] as const;

type Read = Parsed<readonly Destination[]>;

/** Reads the file of `RELAY_DESTINATIONS`: a JSON array of destinations. */
export function readDestinations(path: string, graceSeconds: number): Read {
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
  const parsed = raw.map((item, index) => parseDestination(item, `RELAY_DESTINATIONS[${index}]`, graceSeconds));
  const issues = parsed.flatMap((one) => (one.ok ? [] : one.issues));
  const destinations = parsed.flatMap((one) => (one.ok ? [one.value] : []));
  const names = destinations.map(({ name }) => name);
  issues.push(...findRepeated('name', names));
  issues.push(
    ...CREDENTIALS.flatMap((field) =>
      findRepeated(
        field,
        destinations.flatMap((one) => one[field]),
      ),
    ),
  );
  issues.push(...findSplitLimits(destinations));
  return issues.length === 0 ? { ok: true, value: destinations } : fail(issues);
}

/**
 * One destination; issues begin with `path`. Refuses a real key that anybody could send through. `graceSeconds` is how long
 * its events wait for an unknown user, unless its settings say otherwise.
 */
export function parseDestination(
  raw: unknown,
  path: string,
  graceSeconds: number,
  nameSetting = dotted,
): Parsed<Destination> {
  if (!isRecord(raw)) return fail([{ path, message: expectedText('a destination object', raw) }]);
  const { name, rateLimit: rawLimit = DEFAULT_RATE_LIMIT, monthlyUsers, settings: rawSettings } = raw;
  const { bulkUpserts = false } = raw;
  const issues: Issue[] = findUnknown(raw, KEYS, path);
  if (!isText(name) || !/^[\w-]{1,64}$/.test(name)) {
    issues.push({ path: `${path}.name`, message: 'expected 1 to 64 letters, digits, - or _' });
  }
  const writeKeys = readSecrets(raw.writeKeys);
  if (!writeKeys)
    issues.push({ path: `${path}.writeKeys`, message: expectedText('a list of write keys', raw.writeKeys) });
  const sharedSecrets = readSecrets(raw.sharedSecrets);
  if (!sharedSecrets) {
    issues.push({ path: `${path}.sharedSecrets`, message: expectedText('a list of secrets', raw.sharedSecrets) });
  }
  const rateLimit = isText(rawLimit) ? parseRateLimit(rawLimit) : undefined;
  if (!rateLimit) issues.push({ path: `${path}.rateLimit`, message: `expected ${RATE_LIMIT_FORM}` });
  if (monthlyUsers !== undefined && !isMonthlyUsers(monthlyUsers)) {
    issues.push({ path: `${path}.monthlyUsers`, message: expectedText(NUMBER_OF_USERS_FORM, monthlyUsers) });
  }
  if (typeof bulkUpserts !== 'boolean') {
    issues.push({ path: `${path}.bulkUpserts`, message: expectedText('true or false', bulkUpserts) });
  }
  const settings = parseSettings(rawSettings, { unknownUserGraceSeconds: graceSeconds });
  const wrong = settings.ok ? [] : settings.issues;
  if (isRecord(rawSettings)) {
    const known = [...SETTING_NAMES, ...wrong.map((issue) => issue.path)];
    issues.push(...findUnknown(rawSettings, known, `${path}.settings`, SETTING_NAMES));
  }
  issues.push(...wrong.map((issue) => ({ ...issue, path: nameSetting(`${path}.settings`, issue.path) })));
  if (issues.length > 0 || !settings.ok || !rateLimit || !isText(name) || !writeKeys || !sharedSecrets) {
    return fail(issues);
  }
  const limit = isMonthlyUsers(monthlyUsers) ? monthlyUsers : undefined;
  if (writeKeys.length + sharedSecrets.length === 0 && !isLoopback(settings.value.endpoint)) {
    const message = 'expected a write key or a shared secret: without one anybody could send to your UserLeap';
    return fail([{ path: nameSetting(path, 'writeKeys'), message }]);
  }
  const budget = budgetOf(settings.value, rateLimit);
  const notes = upgradeNotes(rawSettings);
  const value = { name, writeKeys, sharedSecrets, settings: settings.value, budget, monthlyUsers: limit, notes };
  return { ok: true, value: { ...value, bulkUpserts: bulkUpserts === true } };
}

/** How many users may be tracked in a month. */
export function isMonthlyUsers(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) > 0 && Number(value) < 1_000_000_000;
}

/** Undefined where it is no list of texts; a missing one is empty. */
function readSecrets(raw: unknown): readonly string[] | undefined {
  if (raw === undefined) return [];
  return Array.isArray(raw) && raw.every((secret) => isText(secret) && secret !== '') ? raw : undefined;
}

function findUnknown(record: object, known: readonly string[], path: string, shown = known): Issue[] {
  const unknown = Object.keys(record).filter((key) => !known.includes(key));
  return unknown.map((key) => ({ path: `${path}.${key}`, message: `expected one of ${shown.join(', ')}` }));
}

function findRepeated(what: string, values: readonly string[]): Issue[] {
  const isRepeated = new Set(values).size < values.length;
  return isRepeated ? [{ path: 'RELAY_DESTINATIONS', message: `expected ${what} to differ` }] : [];
}

/** UserLeap counts by key: destinations that share one cannot have limits of their own. */
function findSplitLimits(destinations: readonly Destination[]): Issue[] {
  const keys = new Set(destinations.map(({ budget }) => budget.id));
  const limits = {
    rateLimit: destinations.map(({ budget }) => `${budget.id} ${budget.requests}/${budget.windowMs}`),
    monthlyUsers: destinations.map(({ budget, monthlyUsers }) => `${budget.id} ${monthlyUsers}`),
  };
  return Object.entries(limits).flatMap(([name, texts]) => {
    const message = `expected the same ${name} for destinations with the same apiKey and endpoint`;
    return new Set(texts).size > keys.size ? [{ path: 'RELAY_DESTINATIONS', message }] : [];
  });
}

function dotted(path: string, field: string): string {
  return field === '' ? path : `${path}.${field}`;
}

function fail(issues: readonly Issue[]): { ok: false; issues: readonly Issue[] } {
  return { ok: false, issues };
}
