import type { ApiCredentials } from './api-credentials';
import { classifyReply } from './classify-reply';
import type { ReplyClass } from './classify-reply';
import { formatCsv } from './format-csv';
import { readRefusalSentence } from './refusal-sentence';
import type { UserLeapReply } from './reply';
import type { UserLeapRequest } from './requests';
import type { AttributeValue, UserUpsert } from './user-upsert';

/** Rows in one bulk request (UserLeap docs, 2021). */
export const MAX_BULK_ROWS = 65_000;

/** Method and path of a bulk request, for a person to read. */
export const BULK_CALL = { method: 'POST', path: '/v1/users/bulk' } as const;

/** A request about many users: a host sends it like any other. */
export interface BulkRequest extends Omit<UserLeapRequest, 'kind' | 'upsert'> {
  readonly kind: 'bulk';
  /** What its rows say. */
  readonly upserts: readonly UserUpsert[];
}

const [USER_ID, EMAIL] = ['user_id', 'email'] as const;

// Where there is no such call: it is for upserts to tell whether the address is wrong.
const NO_SUCH_CALL = [404, 405, 415, 501];

/**
 * The columns of a user's row, as text that is equal for equal columns; undefined where a row cannot say what the upsert does: it has
 * events, a value that would be an empty cell, of which nobody knows what it does to the user, or an attribute whose name is taken.
 */
export function bulkColumnsOf({ emailAddress, attributes = {}, events = [] }: UserUpsert): string | undefined {
  const names = Object.keys(attributes);
  if (events.length > 0 || Object.values(attributes).includes('')) return undefined;
  if (names.some((name) => name === USER_ID || name === EMAIL)) return undefined;
  return JSON.stringify([USER_ID, ...(emailAddress === undefined ? [] : [EMAIL]), ...names.sort()]);
}

/** `POST /v1/users/bulk` (UserLeap docs, 2021): at most `MAX_BULK_ROWS` upserts, all with these columns. Every value becomes text. */
export function buildBulkRequest(
  columns: string,
  upserts: readonly UserUpsert[],
  { endpoint, apiKey }: ApiCredentials,
): BulkRequest {
  const names = JSON.parse(columns) as readonly string[];
  const rows = upserts.map((upsert) => names.map((name) => String(cellOf(upsert, name))));
  return {
    kind: 'bulk',
    method: BULK_CALL.method,
    url: `${endpoint}${BULK_CALL.path}`,
    headers: { Authorization: `Bearer ${apiKey}`, 'Content-Type': 'text/csv', Accept: 'application/json' },
    body: formatCsv([names, ...rows]),
    upserts,
  };
}

function cellOf({ userId, emailAddress, attributes }: UserUpsert, name: string): AttributeValue | undefined {
  if (name === USER_ID) return userId;
  return name === EMAIL ? emailAddress : attributes?.[name];
}

/** `classifyReply` of a bulk request: where there is no such call it is refused, and upserts may still be taken. */
export function classifyBulkReply(
  reply: UserLeapReply,
  context: { readonly apiKey: string; readonly now: number },
): Exclude<ReplyClass, { kind: 'not_found' | 'unknown_user' }> {
  if ('status' in reply && NO_SUCH_CALL.includes(reply.status)) {
    const sentence = readRefusalSentence(reply.status, reply.body, context.apiKey);
    return { kind: 'refused', sentence, isTooLarge: false };
  }
  const result = classifyReply({ kind: 'upsert' }, reply, context);
  if (result.kind === 'not_found' || result.kind === 'unknown_user')
    throw new Error('no answer to a bulk is one to a look-up');
  return result;
}
