import { InputError } from './input-error';
import { expectedText, isRecord } from '@segment-userleap/validation';
import { findPlace, PLACES, VALUE_KINDS } from './place';
import type { Place, ValueKind } from './place';

/** Stands for every column that is not named. */
const EVERY_OTHER = '*';

/** Which column is what. */
export class ColumnMapping {
  readonly #places: ReadonlyMap<string, Place | undefined>;

  constructor(places: ReadonlyMap<string, Place | undefined> = new Map()) {
    this.#places = places;
  }

  /** Those that it names. */
  get names(): readonly string[] {
    return [...this.#places.keys()].filter((name) => name !== EVERY_OTHER);
  }

  /** Where the column goes; 'nowhere' where it is left out on purpose; undefined where nobody knows. */
  placeOf(column: string): Place | 'nowhere' | undefined {
    if (this.#places.has(column)) return this.#places.get(column) ?? 'nowhere';
    const name = findPlace(column);
    if (name !== undefined) return { name, kind: 'text' };
    if (!this.#places.has(EVERY_OTHER)) return undefined;
    const others = this.#places.get(EVERY_OTHER);
    return others ? { ...others, name: others.name.replace(EVERY_OTHER, column) } : 'nowhere';
  }
}

/**
 * Reads the content of a mapping file: an object with a place for each column, null where it is left out, or
 * `{"place": …, "kind": "number"}`. `"*": "traits.*"` makes traits of all others. Throws with a sentence.
 */
export function parseMapping(text: string): ColumnMapping {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new InputError('--mapping: expected JSON');
  }
  if (!isRecord(value))
    throw new InputError(`--mapping: ${expectedText('an object with a place for each column', value)}`);
  return new ColumnMapping(new Map(Object.entries(value).map(([column, given]) => [column, readPlace(column, given)])));
}

function readPlace(column: string, given: unknown): Place | undefined {
  if (given === null) return undefined;
  const { place, kind = 'text' } = isRecord(given) ? given : { place: given };
  const name = typeof place === 'string' ? nameOf(column, place) : undefined;
  if (name === undefined)
    throw new InputError(`--mapping: column ${JSON.stringify(column)}: expected ${PLACES}, or null`);
  if (!VALUE_KINDS.includes(kind as ValueKind)) {
    throw new InputError(`--mapping: column ${JSON.stringify(column)}: expected the kind ${VALUE_KINDS.join(', ')}`);
  }
  return { name, kind: kind as ValueKind };
}

function nameOf(column: string, place: string): string | undefined {
  if (column === EVERY_OTHER) return ['traits.*', 'properties.*'].includes(place) ? place : undefined;
  return findPlace(place);
}
