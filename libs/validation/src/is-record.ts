/**
 * True for an object that is read by its keys: not null, not an array. Independent of the realm that made the object,
 * unlike `instanceof Object`, so that a value handed into a sandbox is judged as one made inside it.
 */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
