import { type Context, createContext, runInContext } from 'node:vm';

/** A fresh V8 realm: what the language itself brings, plus `globals`. Not a security boundary. */
export function createRealm(globals: Readonly<Record<string, unknown>>): Context {
  // Without a prototype: else the realm's `globalThis` inherits from the host's Object.
  return createContext(Object.assign(Object.create(null) as object, globals));
}

export function removeGlobals(realm: Context, names: readonly string[]): void {
  const remove = runInContext('(name) => delete globalThis[name]', realm) as (name: string) => boolean;
  names.forEach(remove);
}
