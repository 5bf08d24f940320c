type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
type JsonObject = Readonly<Record<string, Json>>;

/**
 * A vector's JSON with its shorthands written out: values that JSON cannot hold (`$value`, `$date`) and data that is too
 * long to write by hand (`$repeat`, `$keys`, `$entries`, `$list`, `$concat`, `$time`, `$ms`). CONTRIBUTING.md has the list.
 */
export function expand(value: Json, index = 0): unknown {
  if (typeof value === 'string') return value.replaceAll('{i}', String(index));
  if (value === null || typeof value !== 'object') return value;
  if (isList(value)) return value.map((item) => expand(item, index));
  const [key = '', ...more] = Object.keys(value);
  const shorthand = more.length === 0 ? SHORTHANDS.get(key) : undefined;
  if (shorthand) return shorthand(value[key] as never, index);
  return fromEntries(Object.entries(value).map(([name, item]) => [name, expand(item, index)]));
}

const SHORTHANDS: ReadonlyMap<string, (argument: never, index: number) => unknown> = new Map<
  string,
  (argument: never, index: number) => unknown
>([
  ['$value', (name: string) => specialValue(name)],
  ['$date', (iso: string) => new Date(iso)],
  ['$repeat', ([text, count]: [string, number]) => text.repeat(count)],
  ['$keys', ({ prefix, count, value }: { prefix: string; count: number; value: Json }) =>
      fromEntries(Array.from({ length: count }, (_, at) => [`${prefix}${at}`, expand(value, at)]))],
  ['$entries', (entries: readonly (readonly [Json, Json])[], index: number) =>
      fromEntries(entries.map(([name, value]) => [String(expand(name, index)), expand(value, index)]))],
  ['$list', ({ count, item }: { count: number; item: Json }) =>
      Array.from({ length: count }, (_, at) => expand(item, at))],
  ['$concat', (parts: readonly Json[], index: number) => parts.flatMap((part) => expand(part, index))],
  ['$time', ([start, step]: [string, number], index: number) => new Date(Date.parse(start) + index * step).toISOString()],
  ['$ms', ([start, step]: [string, number], index: number) => Date.parse(start) + index * step],
]); // oxfmt-ignore

function specialValue(name: string): unknown {
  switch (name) {
    case 'NaN':
      return NaN;
    case 'Infinity':
      return Infinity;
    case 'undefined':
      return undefined;
    case 'function':
      return () => undefined;
    default:
      throw new Error(`$value: no such value as ${name}`);
  }
}

/** Own properties, whatever their names. */
function fromEntries(entries: readonly (readonly [string, unknown])[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(entries);
}

function isList(value: readonly Json[] | JsonObject): value is readonly Json[] {
  return Array.isArray(value);
}
