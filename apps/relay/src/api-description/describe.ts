import { SetMetadata } from '@nestjs/common';
import type { Exactly, Schema, SchemaObject } from './schema';

/** What a call takes and answers, beside what its address says. */
export interface CallDescription<Answer> {
  /** Parts of the address that are not just any text. */
  readonly parts?: Readonly<Record<string, SchemaObject>>;
  /** Parameters, none of which has to be there. */
  readonly query?: Readonly<Record<string, SchemaObject>>;
  readonly body?: SchemaObject;
  /** What it answers: checked against what the method returns. */
  readonly answer?: Schema<Answer>;
  /** In place of an answer: each event of a stream of them. */
  readonly stream?: SchemaObject;
  /** Of the answer; JSON unless given. */
  readonly contentType?: string;
  /** Other states than 200 that the same answer may come with, and what they mean. */
  readonly also?: Readonly<Record<number, string>>;
}

/** What is recorded of a method. */
export interface DescribedCall extends CallDescription<unknown> {
  readonly summary: string;
}

/** What is recorded of a controller. */
export interface DescribedCalls {
  readonly tag: string;
  /** Any of these opens the door; none: it stands open. */
  readonly security: readonly SecurityScheme[];
  /** None of which has to be there. */
  readonly headers?: Readonly<Record<string, SchemaObject>>;
}

export type SecurityScheme = 'adminToken' | 'session' | 'writeKey' | 'signature';

export const DESCRIBED_CALL = Symbol('DescribedCall');
export const DESCRIBED_CALLS = Symbol('DescribedCalls');

type Same<A, B> = [Exactly<A>, Exactly<B>] extends [Exactly<B>, Exactly<A>]
  ? unknown
  : { readonly 'the method answers something else': B };

type DescribesMethod<Answer> = <Method extends (...args: never[]) => unknown>(
  controller: object,
  name: string | symbol,
  method: TypedPropertyDescriptor<Method> & Same<Awaited<ReturnType<Method>>, Answer>,
) => void;

/** Says of a call what the API's description is to say of it. Of the admin API other parameters are refused. */
export function Describe<Answer = void>(
  summary: string,
  description: CallDescription<Answer>,
): DescribesMethod<Answer> {
  return SetMetadata(DESCRIBED_CALL, { ...description, summary });
}

/** Calls that need the admin token, or a session. */
export function DescribeAdminCalls(tag: string): ClassDecorator {
  return describeCalls({ tag, security: ['adminToken', 'session'] });
}

/** Calls that need a write key, or where `isSigned` a signature. */
export function DescribeIntakeCalls(
  tag: string,
  { isSigned = false, headers = {} }: { isSigned?: boolean } & Pick<DescribedCalls, 'headers'> = {},
): ClassDecorator {
  return describeCalls({ tag, security: isSigned ? ['writeKey', 'signature'] : ['writeKey'], headers });
}

/** Calls that anyone may make. */
export function DescribeOpenCalls(tag: string): ClassDecorator {
  return describeCalls({ tag, security: [] });
}

function describeCalls(calls: DescribedCalls): ClassDecorator {
  return SetMetadata(DESCRIBED_CALLS, calls);
}
