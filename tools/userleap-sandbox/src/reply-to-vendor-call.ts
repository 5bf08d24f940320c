import { errorAnswer } from './answer';
import type { Call } from './call';
import type { Environment } from './environment';
import type { Reply } from './reply';
import { addEvent, getUser, importUsers, purgeVisitors, upsertUser, type Handler } from './vendor-replies';

interface Route {
  path: RegExp;
  method: 'GET' | 'POST';
  scheme: 'API-Key' | 'Bearer';
  /** Of the body that the call needs. */
  contentType?: string;
  handle: Handler;
}

const json = { method: 'POST', contentType: 'application/json' } as const;

const ROUTES: readonly Route[] = [
  { ...json, path: /^\/v2\/users$/, scheme: 'API-Key', handle: upsertUser },
  { method: 'GET', path: /^\/v2\/users\/[^/]+$/, scheme: 'API-Key', handle: getUser },
  { ...json, path: /^\/v2\/purge\/visitors$/, scheme: 'Bearer', handle: purgeVisitors },
  { ...json, path: /^\/v1\/users\/[^/]+\/events$/, scheme: 'API-Key', handle: addEvent },
  { method: 'POST', path: /^\/v1\/users\/bulk$/, scheme: 'Bearer', contentType: 'text/csv', handle: importUsers },
];

/** Decides what UserLeap would answer; changes nothing. */
export function replyToVendorCall(call: Call, environment: Environment | undefined): Reply {
  const route = ROUTES.find(({ path }) => path.test(call.path));
  if (!route) return refuse(404, 'path: unknown');
  const { method, scheme, contentType, handle } = route;
  if (call.method !== method) return refuse(405, `method: expected ${method}`, { allow: method });
  if (!environment || call.authorization.scheme !== scheme) {
    return refuse(401, `Authorization: expected "${scheme}", a space and the key`);
  }
  if (call.isTooLarge) return refuse(413, 'body: expected at most 1 MB');
  if (contentType !== undefined && mediaType(call) !== contentType) {
    return refuse(400, `Content-Type: expected ${contentType}`);
  }
  return handle(call, environment);
}

function refuse(status: number, error: string, headers?: Record<string, string>): Reply {
  return { answer: errorAnswer(status, error, headers) };
}

function mediaType({ contentType }: Call): string | undefined {
  return contentType?.split(';')[0]?.trim().toLowerCase();
}
