import type { OpenAPIObject } from '@nestjs/swagger';

type Schemas = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>;

/** A schema that stands by itself. */
export type SchemaObject = Exclude<Schemas[string], { $ref: string }>;

export const TEXT: SchemaObject = { type: 'string' };
export const NUMBER: SchemaObject = { type: 'integer' };
export const FLAG: SchemaObject = { type: 'boolean' };
export const TIME: SchemaObject = { type: 'string', format: 'date-time' };
/** Anything that is an object. */
export const OBJECT: SchemaObject = { type: 'object', additionalProperties: true };

type Fields = Readonly<Record<string, SchemaObject>>;

/** An object of these fields, all of which are there. */
export function object(fields: Fields): SchemaObject {
  return { ...partial(fields), required: Object.keys(fields) };
}

/** An object of these fields, any of which may be missing. */
export function partial(fields: Fields): SchemaObject {
  return { type: 'object', properties: { ...fields } };
}

export function listOf(items: SchemaObject): SchemaObject {
  return { type: 'array', items };
}

export function nullable(schema: SchemaObject): SchemaObject {
  return { ...schema, nullable: true };
}

export function oneOf(...values: readonly string[]): SchemaObject {
  return { type: 'string', enum: [...values] };
}
