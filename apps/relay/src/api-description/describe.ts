import { applyDecorators } from '@nestjs/common';
import {
  ApiBasicAuth,
  ApiBearerAuth,
  ApiBody,
  ApiCookieAuth,
  ApiOkResponse,
  ApiOperation,
  ApiQuery,
  ApiSecurity,
  ApiTags,
} from '@nestjs/swagger';
import type { SchemaObject } from './schemas';

/** What a call takes and answers, beside what its address says. */
export interface CallDescription {
  /** Parameters, none of which has to be there. */
  readonly query?: Readonly<Record<string, SchemaObject>>;
  readonly body?: SchemaObject;
  readonly answer: SchemaObject;
  /** Of the answer; JSON unless given. */
  readonly contentType?: string;
}

/** Says of a call what the API's description is to say of it; read nowhere else. */
export function Describe(summary: string, { query = {}, body, answer, contentType }: CallDescription): MethodDecorator {
  const content = { [contentType ?? 'application/json']: { schema: answer } };
  return applyDecorators(
    ApiOperation({ summary }),
    ApiOkResponse({ description: 'Done', content }),
    ...(body ? [ApiBody({ schema: body })] : []),
    ...Object.entries(query).map(([name, schema]) => ApiQuery({ name, required: false, schema })),
  );
}

/** Calls that need the admin token, or a session. */
export function DescribeAdminCalls(tag: string): ClassDecorator {
  return applyDecorators(ApiTags(tag), ApiBearerAuth('adminToken'), ApiCookieAuth('session'));
}

/** Calls that need a write key, or where `isSigned` a signature. */
export function DescribeIntakeCalls(tag: string, { isSigned = false } = {}): ClassDecorator {
  return applyDecorators(ApiTags(tag), ApiBasicAuth('writeKey'), ...(isSigned ? [ApiSecurity('signature')] : []));
}

/** Calls that anyone may make. */
export function DescribeOpenCalls(tag: string): ClassDecorator {
  return applyDecorators(ApiTags(tag));
}
