import { isRecord, isText } from '@segment-userleap/validation';
import { MAX_LEVELS, readJson } from '../http/parse-json';
import type { Json } from '../http/parse-json';

type Fields = Record<string, unknown>;

// One more than is read: what is deeper is refused as it is in a body, and is not built first.
const MOST_PLACES = MAX_LEVELS + 1;

/** The event in an address: JSON in base64 in `data`, or a parameter for each field, with dots in names that are nested. */
export function readPixel(query: Readonly<Record<string, unknown>>): Json {
  const { data } = query;
  // A plus of base64 that nobody has escaped is a space in an address.
  if (isText(data)) return readJson(Buffer.from(data.replaceAll(' ', '+'), 'base64'));
  const event = bare();
  for (const [name, value] of Object.entries(query)) place(event, name.split('.', MOST_PLACES), value);
  return readJson(Buffer.from(JSON.stringify(event)));
}

function place(fields: Fields, [name = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) fields[name] = value;
  else {
    const inner = isRecord(fields[name]) ? (fields[name] as Fields) : bare();
    fields[name] = inner;
    place(inner, rest, value);
  }
}

/** Without a prototype, which no name in an address may reach. */
function bare(): Fields {
  return Object.create(null) as Fields;
}
