import { isRecord } from '@segment-userleap/validation';

const MAX_LEVELS = 5;

/**
 * Nested objects as dotted names, trimmed, in order of appearance. Of two traits with the same dotted name the less
 * nested one wins, so a literal `"a.b"` wins over `{a: {b}}`; among equals the last. What is nested in more than five
 * levels stays an object, for the caller to leave out.
 */
export function flattenTraits(traits: Readonly<Record<string, unknown>>): ReadonlyMap<string, unknown> {
  const flat = new Map<string, { level: number; value: unknown }>();
  collect(traits, '', 1, flat);
  return new Map([...flat].map(([name, { value }]) => [name, value]));
}

function collect(
  traits: Readonly<Record<string, unknown>>,
  prefix: string,
  level: number,
  flat: Map<string, { level: number; value: unknown }>,
): void {
  for (const key of Object.keys(traits)) {
    const value = traits[key];
    const path = `${prefix}${key}`;
    if (isPlainObject(value) && level < MAX_LEVELS) {
      collect(value, `${path}.`, level + 1, flat);
      continue;
    }
    const name = path.trim();
    const earlier = flat.get(name);
    if (!earlier || level <= earlier.level) flat.set(name, { level, value });
  }
}

/** True for what JSON or an object literal makes, in any realm; not for a `Date`, a `Map` and the like. */
function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return isRecord(value) && Object.prototype.toString.call(value) === '[object Object]';
}
