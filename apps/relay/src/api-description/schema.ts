declare const VALUE: unique symbol;

/** A JSON schema of values of type T. The compiler holds it to T exactly: neither wider nor narrower. */
export type Schema<T> = SchemaObject & { readonly [VALUE]?: (value: Exactly<T>) => Exactly<T> };

/** Types that differ in a field which may be missing can be assigned to each other; these cannot. */
export type Exactly<T> = readonly [T, T extends unknown ? keyof T : never];

/** As OpenAPI 3.1 has it: JSON Schema of 2020-12. What has a `title` gets a place of its own in the document. */
export interface SchemaObject {
  readonly title?: string;
  readonly description?: string;
  readonly type?: 'string' | 'integer' | 'boolean' | 'object' | 'array' | 'null';
  readonly format?: 'date-time';
  readonly enum?: readonly (string | boolean)[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly default?: number;
  readonly properties?: Readonly<Record<string, SchemaObject>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean;
  readonly minProperties?: number;
  readonly items?: SchemaObject;
  readonly maxItems?: number;
  readonly anyOf?: readonly SchemaObject[];
  readonly oneOf?: readonly SchemaObject[];
}

/** What a schema describes. */
export type ValueOf<S> = S extends Schema<infer T> ? T : never;
type Schemas<Fields> = { readonly [Name in keyof Fields]: Schema<Fields[Name]> };

export const TEXT: Schema<string> = { type: 'string' };
export const NUMBER: Schema<number> = { type: 'integer' };
export const FLAG: Schema<boolean> = { type: 'boolean' };
/** ISO-8601. */
export const TIME: Schema<string> = { type: 'string', format: 'date-time' };
/** Anything that is an object. */
export const OBJECT: Schema<Readonly<Record<string, unknown>>> = { type: 'object', additionalProperties: true };
export const ANYTHING: Schema<unknown> = {};

/** An object of these fields: the first are always there, the others may be missing. */
export function object<Fields, Others = unknown>(
  fields: Schemas<Fields>,
  others?: Schemas<Others>,
): Schema<Readonly<NoInfer<Fields>> & Partial<Readonly<NoInfer<Others>>>> {
  return { type: 'object', properties: { ...fields, ...others }, required: Object.keys(fields) };
}

/** The same, and nothing else may be in it: of what the relay reads. */
export function only<T>(schema: Schema<T>): Schema<T> {
  return { ...schema, additionalProperties: false };
}

export function listOf<T>(items: Schema<T>): Schema<readonly T[]> {
  return { type: 'array', items };
}

export function nullable<T>(schema: Schema<T>): Schema<T | null> {
  return { anyOf: [schema, { type: 'null' }] };
}

export function numberWithin(bounds: Pick<SchemaObject, 'minimum' | 'maximum' | 'default'>): Schema<number> {
  return { ...NUMBER, ...bounds };
}

/** One of these texts. */
export function oneOf<const Texts extends readonly string[]>(...values: Texts): Schema<Texts[number]> {
  return { type: 'string', enum: values };
}

/** A flag that says nothing but this. */
export function always<const T extends boolean>(value: T): Schema<T> {
  return { type: 'boolean', enum: [value] };
}

/** What is described by exactly one of these. */
export function eitherOf<const S extends readonly SchemaObject[]>(...schemas: S): Schema<ValueOf<S[number]>> {
  return { oneOf: schemas };
}

/** The same under a name, by which the document speaks of it wherever it occurs. */
export function named<T>(title: string, schema: Schema<T>): Schema<T> {
  return { ...schema, title };
}

/** With a sentence about it. */
export function about<T>(description: string, schema: Schema<T>): Schema<T> {
  return { ...schema, description };
}
