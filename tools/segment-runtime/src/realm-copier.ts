import { types } from 'node:util';
import { type Context, runInContext } from 'node:vm';

interface Makers {
  makeObject(): object;
  makeArray(length: number): object;
  makeDate(time: number): object;
  makeFunction(): object;
}

// The constructors are held: the code may replace the globals, or be run without them.
const MAKERS = `(({ Array, Date }) => ({
  makeObject: () => ({}),
  makeArray: (length) => new Array(length),
  makeDate: (time) => new Date(time),
  makeFunction: () => function () {},
}))(globalThis)`;

/**
 * Returns a function that copies a value so that all of its objects are the realm's own.
 *
 * Arrays (with their holes) and dates stay what they are, a function becomes an empty one, and any other object a plain
 * one with the same own enumerable properties: `__proto__` among them stays a property. Cycles and shared parts are kept.
 */
export function createRealmCopier(realm: Context): (value: unknown) => unknown {
  const makers = runInContext(MAKERS, realm) as Makers;

  return (original) => {
    const copies = new Map<unknown, object>();
    // A list of work, not recursion: hostile events are nested deeper than the stack allows.
    const unfilled: { from: object; to: Record<string, unknown> }[] = [];

    const copyOf = (source: unknown): unknown => {
      if (!isObject(source)) return source;
      const known = copies.get(source);
      if (known) return known;
      const copy = makeEmptyCopy(source, makers);
      copies.set(source, copy);
      if (typeof source !== 'function') unfilled.push({ from: source, to: copy as Record<string, unknown> });
      return copy;
    };

    const root = copyOf(original);
    for (let next = unfilled.pop(); next; next = unfilled.pop()) {
      for (const [key, value] of Object.entries(next.from)) {
        const part = copyOf(value);
        // An assignment would run a setter that is inherited, as that of `__proto__` is; elsewhere it is much faster.
        if (!(key in next.to)) next.to[key] = part;
        else Object.defineProperty(next.to, key, { value: part, writable: true, enumerable: true, configurable: true });
      }
    }
    return root;
  };
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

function makeEmptyCopy(source: object, makers: Makers): object {
  if (typeof source === 'function') return makers.makeFunction();
  if (Array.isArray(source)) return makers.makeArray(source.length);
  if (types.isDate(source)) return makers.makeDate(source.getTime());
  return makers.makeObject();
}
