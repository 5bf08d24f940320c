import { isRecord } from '@segment-userleap/validation';

type Fields = Readonly<Record<string, unknown>>;

// As deep as traits are read.
export const LEVELS = 5;

/** `own`, and below it what only `shared` has; objects inside are merged the same way. */
export function mergeUnder(shared: Fields, own: Fields, levels = LEVELS): Fields {
  const both = Object.keys(own).flatMap((key) => {
    const [below, above] = [Object.hasOwn(shared, key) ? shared[key] : undefined, own[key]];
    return levels > 1 && isRecord(below) && isRecord(above)
      ? [[key, mergeUnder(below, above, levels - 1)] as const]
      : [];
  });
  return { ...shared, ...own, ...Object.fromEntries(both) };
}
