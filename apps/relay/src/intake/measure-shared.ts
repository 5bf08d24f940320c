import { isRecord } from '@segment-userleap/validation';
import { LEVELS } from './merge-under';

type Fields = Readonly<Record<string, unknown>>;

/** How long a value is as JSON, in bytes, and each of its fields as far down as fields are merged. */
export interface Measured {
  readonly bytes: number;
  readonly fields: ReadonlyMap<string, Measured>;
}

/** Measures what a batch says for all, once for all its events. */
export function measureShared(value: unknown, levels = LEVELS): Measured {
  if (levels === 0 || !isRecord(value)) return { bytes: bytesOf(value), fields: new Map() };
  const fields = new Map(Object.entries(value).map(([key, item]) => [key, measureShared(item, levels - 1)] as const));
  const bytes = [...fields].reduce((sum, [key, field]) => sum + bytesOf(key) + field.bytes + MARKS, 0);
  return { bytes, fields };
}

/** How many bytes `mergeUnder` would add to these fields, without doing so. */
export function bytesUnder({ bytes, fields }: Measured, own: Fields): number {
  return Object.entries(own).reduce((left, [key, value]) => {
    const below = fields.get(key);
    if (below === undefined) return left;
    const added = below.fields.size > 0 && isRecord(value) ? bytesUnder(below, value) : 0;
    return left - bytesOf(key) - below.bytes - MARKS + added;
  }, bytes);
}

// A colon and a comma.
const MARKS = 2;

function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}
