import { isRecord } from './is-record';

/** Says in a sentence what is wrong with the value found at `at` (empty: the body itself), or nothing. */
export type Check = (value: unknown, at: string) => string | undefined;

export type Checked<T> = { ok: true; value: T } | { ok: false; error: string };

/** Takes a body whose check has nothing to say for a `T`. */
export function checked<T>(value: unknown, check: Check): Checked<T> {
  const error = check(value, '');
  return error === undefined ? { ok: true, value: value as T } : { ok: false, error };
}

export function expected(what: string, isAsExpected: (value: unknown) => boolean): Check {
  return (value, at) => (isAsExpected(value) ? undefined : `${at || 'body'}: expected ${what}, got ${kindOf(value)}`);
}

export function optional(check: Check): Check {
  return (value, at) => (value === undefined ? undefined : check(value, at));
}

/** The first complaint counts. */
export function all(...checks: readonly Check[]): Check {
  return (value, at) => {
    for (const check of checks) {
      const problem = check(value, at);
      if (problem !== undefined) return problem;
    }
    return undefined;
  };
}

export function arrayOf(element: Check): Check {
  const elements: Check = (value, at) => {
    for (const [index, inner] of (value as unknown[]).entries()) {
      const problem = element(inner, `${at}[${index}]`);
      if (problem !== undefined) return problem;
    }
    return undefined;
  };
  return all(expected('an array', Array.isArray), elements);
}

export const anObject = expected('an object', isRecord);

/** Every field is checked, also when it is missing; others are refused. */
export function objectOf(fields: Readonly<Record<string, Check>>): Check {
  const knownOnly: Check = (value, at) => {
    const unknown = Object.keys(value as object).find((name) => !Object.hasOwn(fields, name));
    if (unknown === undefined) return undefined;
    return `${place(at, unknown.slice(0, 60))}: unknown field, expected one of ${Object.keys(fields).join(', ')}`;
  };
  const each = Object.entries(fields).map(
    ([name, check]): Check =>
      (value, at) =>
        check((value as Record<string, unknown>)[name], place(at, name)),
  );
  return all(anObject, knownOnly, ...each);
}

function place(at: string, field: string): string {
  return at === '' ? field : `${at}.${field}`;
}

function kindOf(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'string') return value.trim() === '' ? 'a blank string' : 'a string';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
