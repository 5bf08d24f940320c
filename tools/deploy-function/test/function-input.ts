/** What is wrong with a field, in the words of a refusal; nothing where it is right. */
type Check = (value: unknown) => string | undefined;

type Fields = Readonly<Record<string, Check>>;

const text: Check = (value) => (typeof value === 'string' && value !== '' ? undefined : 'must be a non-empty string');
const anyText: Check = (value) => (typeof value === 'string' ? undefined : 'must be a string');
const flag: Check = (value) => (typeof value === 'boolean' ? undefined : 'must be a boolean');
const settings: Check = (value) =>
  Array.isArray(value)
    ? value.map((setting) => findWrong(setting, SETTING_FIELDS)).find((wrong) => wrong !== undefined)
    : 'must be an array';

function oneOf(...values: readonly string[]): Check {
  return (value) => (values.includes(value as string) ? undefined : `must be one of ${values.join(', ')}`);
}

function optional(check: Check): Check {
  return (value) => (value === undefined ? undefined : check(value));
}

/** `FunctionSettingV1` of the Public API's types (@segment/public-api-sdk-typescript, 2026). */
const SETTING_FIELDS: Fields = {
  name: text,
  label: text,
  description: anyText,
  type: oneOf('ARRAY', 'BOOLEAN', 'STRING', 'TEXT_MAP'),
  required: flag,
  sensitive: flag,
};

/** `UpdateFunctionV1Input`. */
export const UPDATED_FIELDS: Fields = {
  code: optional(text),
  settings: optional(settings),
  displayName: optional(text),
  logoUrl: optional(text),
  description: optional(anyText),
};

/** `CreateFunctionV1Input`. */
export const CREATED_FIELDS: Fields = {
  ...UPDATED_FIELDS,
  code: text,
  displayName: text,
  resourceType: oneOf('DESTINATION', 'INSERT_DESTINATION', 'SOURCE'),
};

/** The first thing that is wrong with a body; a field that the types do not have is wrong, too. */
export function findWrong(body: unknown, fields: Fields): string | undefined {
  if (typeof body !== 'object' || body === null) return 'must be an object';
  const unknown = Object.keys(body).find((name) => !Object.hasOwn(fields, name));
  if (unknown !== undefined) return `"${unknown}" is not allowed`;
  for (const [name, check] of Object.entries(fields)) {
    const wrong = check((body as Readonly<Record<string, unknown>>)[name]);
    if (wrong !== undefined) return `"${name}" ${wrong}`;
  }
  return undefined;
}
