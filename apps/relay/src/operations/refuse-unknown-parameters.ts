import { BadRequestException } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { DESCRIBED_CALL } from '../api-description/describe';
import type { DescribedCall } from '../api-description/describe';
import { expectFields } from './read-query';
import type { Fields } from './read-query';

/** Throws 400 where a call has parameters that its description does not know. */
export function refuseUnknownParameters(context: ExecutionContext): void {
  const { query } = context.switchToHttp().getRequest<FastifyRequest<{ Querystring: Fields }>>();
  const call = Reflect.getMetadata(DESCRIBED_CALL, context.getHandler()) as DescribedCall | undefined;
  const [first] = Object.keys(query);
  if (first === undefined) return;
  if (call?.query) return expectFields(query, call.query);
  throw new BadRequestException(`${first.slice(0, 40)}: this call takes no parameters in its address`);
}
