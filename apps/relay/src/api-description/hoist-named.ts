export type Json = Readonly<Record<string, unknown>>;

/** The same value with a reference in place of every schema that has a name, and the schemas by their names. */
export function hoistNamed<T extends Json>(value: T): { readonly hoisted: T; readonly schemas: Json } {
  const schemas: Record<string, Json> = {};
  const hoist = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(hoist);
    if (typeof part !== 'object' || part === null) return part;
    const { title, ...rest } = part as { readonly title?: unknown };
    const inner = Object.fromEntries(Object.entries(rest).map(([name, one]) => [name, hoist(one)]));
    if (typeof title !== 'string') return inner;
    schemas[title] ??= inner;
    if (JSON.stringify(schemas[title]) !== JSON.stringify(inner)) throw new Error(`two schemas are named ${title}`);
    return { $ref: `#/components/schemas/${title}` };
  };
  return { hoisted: hoist(value) as T, schemas };
}
