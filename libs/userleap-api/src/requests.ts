import type { ApiCredentials } from './api-credentials';
import type { UserUpsert } from './user-upsert';

/** One HTTP call to UserLeap, complete: a host sends it as it stands, without following redirects. */
export interface UserLeapRequest {
  readonly kind: 'upsert' | 'lookup' | 'purge';
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** What the body of an upsert says. */
  readonly upsert?: UserUpsert;
}

/** Method and path of each kind of call, for a person to read; `{userId}` stands for an id. */
export const CALLS = {
  upsert: { method: 'POST', path: '/v2/users' },
  lookup: { method: 'GET', path: '/v2/users/{userId}' },
  purge: { method: 'POST', path: '/v2/purge/visitors' },
} as const satisfies Readonly<Record<UserLeapRequest['kind'], { method: UserLeapRequest['method']; path: string }>>;

/** `POST /v2/users`: answered 202 and applied a moment later. Equal upserts give equal bytes. */
export function buildUpsertRequest(upsert: UserUpsert, credentials: ApiCredentials): UserLeapRequest {
  const { userId, emailAddress, attributes, events } = upsert;
  return { ...post('upsert', 'API-Key', { userId, emailAddress, attributes, events }, credentials), upsert };
}

/** `GET /v2/users/{userId}`: is the user known, and what is known of it. `userId` must be well-formed Unicode. */
export function buildLookupRequest(userId: string, { endpoint, apiKey }: ApiCredentials): UserLeapRequest {
  return {
    kind: 'lookup',
    method: 'GET',
    url: `${endpoint}/v2/users/${encodeURIComponent(userId)}`,
    headers: { Authorization: `API-Key ${apiKey}`, Accept: 'application/json' },
  };
}

/** `POST /v2/purge/visitors`: erases at most `MAX_PURGED_USERS` users; without a delay the vendor's own (10 days) holds. */
export function buildPurgeRequest(
  userIds: readonly string[],
  delaySeconds: number | undefined,
  credentials: ApiCredentials,
): UserLeapRequest {
  // The purge documents the Bearer scheme, unlike the calls for users.
  return post('purge', 'Bearer', { userIds, delaySeconds }, credentials);
}

function post(
  kind: 'upsert' | 'purge',
  scheme: 'API-Key' | 'Bearer',
  body: object,
  { endpoint, apiKey }: ApiCredentials,
): UserLeapRequest {
  return {
    kind,
    method: 'POST',
    url: `${endpoint}${CALLS[kind].path}`,
    headers: {
      Authorization: `${scheme} ${apiKey}`,
      'Content-Type': 'application/json',
      Accept: 'application/json',
    },
    body: JSON.stringify(body),
  };
}
