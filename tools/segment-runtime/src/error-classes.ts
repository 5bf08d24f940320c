import { type Context, runInContext } from 'node:vm';

export const ERROR_CLASS_NAMES = ['RetryError', 'EventNotSupported', 'InvalidEventPayload', 'ValidationError'] as const;

export type ErrorClassName = (typeof ERROR_CLASS_NAMES)[number];

export type ErrorClasses = Readonly<Record<ErrorClassName, new (message?: string) => Error>>;

const INSTALL = `(names) => {
  const classes = {};
  for (const name of names) {
    classes[name] = { [name]: class extends Error {} }[name];
    Object.defineProperty(classes[name].prototype, 'name', { value: name, writable: true, configurable: true });
  }
  Object.assign(globalThis, classes);
  return classes;
}`;

/** Adds Segment's error classes to the realm's globals, made of the realm's own Error. */
export function installErrorClasses(realm: Context): ErrorClasses {
  const install = runInContext(INSTALL, realm) as (names: readonly string[]) => ErrorClasses;
  return install(ERROR_CLASS_NAMES);
}
