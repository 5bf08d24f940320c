import type { FoundCall } from './find-calls';
import type { Json } from './hoist-named';
import { named, object, TEXT } from './schema';
import type { SchemaObject } from './schema';

/** How every call is answered that is not done. */
export const REFUSED = {
  description: 'Refused: what was wrong, in a sentence',
  content: { 'application/json': { schema: named('Refusal', object({ message: TEXT })) } },
};

/** An operation of OpenAPI. */
export function describeCall(call: FoundCall): Json {
  const { tag, summary, security, body, status, also = {} } = call;
  const parameters = [...pathParameters(call), ...queryParameters(call)];
  const content = contentOf(call);
  const others = Object.entries(also).map(([other, description]) => [other, { description, content }]);
  return {
    tags: [tag],
    summary,
    security: security.map((scheme) => ({ [scheme]: [] })),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body ? { requestBody: { required: true, content: { 'application/json': { schema: body } } } } : {}),
    responses: {
      [status]: { description: 'Done', content },
      ...Object.fromEntries(others),
      default: { $ref: '#/components/responses/Refused' },
    },
  };
}

function contentOf({ answer, stream, contentType = 'application/json' }: FoundCall): Json {
  if (stream) return { 'text/event-stream': { schema: stream } };
  return { [contentType]: { schema: answer } };
}

function pathParameters({ path, parts = {} }: FoundCall): readonly Json[] {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  return names.map((name) => ({ name, in: 'path', required: true, schema: parts[name] ?? TEXT }));
}

function queryParameters({ query = {} }: FoundCall): readonly Json[] {
  return Object.entries(query).map(([name, { description, ...schema }]) => ({
    name,
    in: 'query',
    ...(description === undefined ? {} : { description }),
    schema: schema satisfies SchemaObject,
  }));
}
