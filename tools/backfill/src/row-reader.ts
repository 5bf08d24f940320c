import { InputError } from './input-error';
import { expectedText, kindOf } from '@segment-userleap/validation';
import type { ColumnMapping } from './column-mapping';
import { PLACES } from './place';
import type { Place, ValueKind } from './place';

type Fields = Readonly<Record<string, unknown>>;

/** What a row becomes. */
export type RowEvent = { readonly event: Record<string, unknown> } | { readonly why: string };

/** One column: its name, and where its values go; no place: nowhere. */
export interface Column {
  readonly name: string;
  readonly place: Place | undefined;
}

const WHO = ['userId', 'anonymousId'];

/** The columns of a table. Throws with a sentence that names the column which cannot be used, and what was expected. */
export function readColumns(names: readonly string[], mapping: ColumnMapping): readonly Column[] {
  const unknown = names.filter((name) => mapping.placeOf(name) === undefined);
  if (unknown.length > 0) throw unknownColumns(unknown);
  const columns = names.map((name) => readColumn(name, mapping));
  const found = columns.flatMap(({ place }) => (place ? [place.name] : []));
  const twice = found.find((name, index) => found.indexOf(name) < index);
  if (twice !== undefined) {
    const both = columns.filter(({ place }) => place?.name === twice).map(({ name }) => JSON.stringify(name));
    throw new InputError(`columns ${both.join(' and ')}: expected one column for ${twice}`);
  }
  if (!WHO.some((name) => found.includes(name))) {
    const list = names.map((name) => JSON.stringify(name)).join(', ');
    throw new InputError(
      `no column for the user: expected userId (or user_id), or one that --mapping makes it; found ${list}`,
    );
  }
  return columns;
}

function readColumn(name: string, mapping: ColumnMapping): Column {
  const place = mapping.placeOf(name);
  if (place !== undefined) return { name, place: place === 'nowhere' ? undefined : place };
  throw unknownColumns([name]);
}

/** All of them at once: a person writes the mapping file once. */
function unknownColumns(names: readonly string[]): InputError {
  const [columns, are] = names.length === 1 ? ['column', 'it is'] : ['columns', 'they are'];
  const list = names.map((name) => JSON.stringify(name)).join(', ');
  return new InputError(`${columns} ${list}: expected ${PLACES}; say in a --mapping file what ${are}`);
}

/** The event of a row of text. */
export function eventOfCells(columns: readonly Column[], cells: readonly string[]): RowEvent {
  return buildEvent(columns.map((column, index) => [column, cells[index] ?? ''] as const));
}

/** The event of a row that is a JSON object. */
export function eventOfFields(fields: Fields, mapping: ColumnMapping): RowEvent {
  try {
    return buildEvent(Object.entries(fields).map(([name, value]) => [readColumn(name, mapping), value] as const));
  } catch (error) {
    return { why: (error as Error).message };
  }
}

/** A Track where it has an event's name, else an Identify; unless it says itself. What is empty is not there. */
function buildEvent(values: readonly (readonly [Column, unknown])[]): RowEvent {
  const event: Record<string, unknown> = {};
  const groups = new Map<string, Map<string, unknown>>();
  for (const [{ name, place }, given] of values) {
    if (!place || given === '' || given === null || given === undefined) continue;
    const value = typeof given === 'string' ? convert(given, place.kind) : given;
    if (value === undefined) {
      return { why: `column ${JSON.stringify(name)}: ${EXPECTED[place.kind]}, found ${kindOf(given)} that is none` };
    }
    const dot = place.name.indexOf('.');
    if (dot < 0) event[place.name] = value;
    else {
      const group = place.name.slice(0, dot);
      groups.set(group, (groups.get(group) ?? new Map<string, unknown>()).set(place.name.slice(dot + 1), value));
    }
  }
  event.type ??= event.event === undefined ? 'identify' : 'track';
  const traits = groups.get('traits');
  // fromEntries: a name like `__proto__` becomes an own property like any other.
  if (traits && event.type === 'identify') event.traits = Object.fromEntries(traits);
  else if (traits) event.context = { traits: Object.fromEntries(traits) };
  const properties = groups.get('properties');
  if (properties) event.properties = Object.fromEntries(properties);
  return WHO.some((name) => name in event) ? { event } : { why: `userId: ${expectedText('an id', undefined)}` };
}

const EXPECTED: Readonly<Record<ValueKind, string>> = {
  text: 'expected text',
  number: 'expected a number',
  boolean: 'expected true or false',
};

const BOOLEANS: Readonly<Record<string, boolean>> = {
  true: true,
  t: true,
  '1': true,
  false: false,
  f: false,
  '0': false,
};

function convert(text: string, kind: ValueKind): unknown {
  switch (kind) {
    case 'text':
      return text;
    case 'number': {
      const number = text.trim() === '' ? NaN : Number(text);
      return Number.isFinite(number) ? number : undefined;
    }
    case 'boolean':
      return BOOLEANS[text.trim().toLowerCase()];
  }
}
