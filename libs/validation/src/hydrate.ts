/**
 * A new `Schema` holding what `raw` itself has under `keys`; nothing inherited, nothing else.
 * By hand, because class-transformer's `@Type` throws where `Reflect.getMetadata` is missing, as in Segment's sandbox.
 */
export function hydrate<T extends object>(
  Schema: new () => T,
  raw: Readonly<Record<string, unknown>>,
  keys: readonly (keyof T & string)[],
): T {
  const instance = new Schema();
  for (const key of keys) {
    if (Object.hasOwn(raw, key)) instance[key] = raw[key] as T[typeof key];
  }
  return instance;
}
