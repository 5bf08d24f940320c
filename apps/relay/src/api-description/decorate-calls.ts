import { applyDecorators, RequestMethod } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import { HTTP_CODE_METADATA, METHOD_METADATA } from '@nestjs/common/constants';
import { ApiBody, ApiHeader, ApiOperation, ApiParam, ApiQuery, ApiResponse } from '@nestjs/swagger';
import type { SchemaObject as SwaggerSchema } from '@nestjs/swagger';
import { DESCRIBED_CALL, DESCRIBED_CALLS } from './describe';
import type { DescribedCall, DescribedCalls } from './describe';
import type { SchemaObject } from './schema';

/** Hands what is recorded of a controller's calls to swagger's decorators. Throws where one is not described. */
export function decorateCalls(controller: Type): void {
  const calls = Reflect.getMetadata(DESCRIBED_CALLS, controller) as DescribedCalls | undefined;
  const { prototype } = controller as { readonly prototype: object };
  for (const [name, method] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
    const handler = method.value as object;
    if (!Reflect.hasMetadata(METHOD_METADATA, handler)) continue;
    const call = Reflect.getMetadata(DESCRIBED_CALL, handler) as DescribedCall | undefined;
    if (!calls || !call) throw new Error(`${controller.name}.${name} is not described`);
    applyDecorators(...decoratorsOf({ ...calls, ...call }, statusOf(handler)))(prototype, name, method);
  }
}

function decoratorsOf(call: DescribedCalls & DescribedCall, status: number): readonly MethodDecorator[] {
  const { tag, security, headers = {}, summary, parts = {}, query = {}, body, answer, stream, also } = call;
  const { contentType = stream ? 'text/event-stream' : 'application/json' } = call;
  const content = { [contentType]: { schema: swaggerSchema(stream ?? answer) } };
  return [
    ApiOperation({ tags: [tag], summary, security: security.map((scheme) => ({ [scheme]: [] })) }),
    ...Object.entries(parts).map(([name, schema]) => ApiParam({ name, schema: swaggerSchema(schema) })),
    ...Object.entries(query).map(([name, { description, ...schema }]) =>
      ApiQuery({ name, required: false, ...(description && { description }), schema: swaggerSchema(schema) }),
    ),
    ...Object.entries(headers).map(([name, { description, ...schema }]) =>
      ApiHeader({ name, required: false, ...(description && { description }), schema: swaggerSchema(schema) }),
    ),
    ...(body ? [ApiBody({ schema: swaggerSchema(body) })] : []),
    ...Object.entries({ [status]: 'Done', ...also }).map(([state, description]) =>
      ApiResponse({ status: Number(state), description, content }),
    ),
  ];
}

/** That of an answer. Swagger finds it only for methods of whose answers nothing is said. */
function statusOf(handler: object): number {
  const usual = Reflect.getMetadata(METHOD_METADATA, handler) === RequestMethod.POST ? 201 : 200;
  return (Reflect.getMetadata(HTTP_CODE_METADATA, handler) as number | undefined) ?? usual;
}

/** Swagger's type is that of OpenAPI 3.0. */
function swaggerSchema(schema: SchemaObject = {}): SwaggerSchema {
  return schema as SwaggerSchema;
}
