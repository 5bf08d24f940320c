import { expected, hydrate, isRecord, SatisfiesIfPresent, validate } from '@segment-userleap/validation';
import { parseJson } from './parse-json';

/** The answer to `GET /v2/users/{userId}`, as far as it is read. What is inside is not trusted: it is someone's data. */
export class UserProfile {
  // Not in the documented answer; read where an answer has it.
  emailAddress?: unknown;
  email?: unknown;

  @SatisfiesIfPresent(isRecord, expected('an object'))
  attributes?: Readonly<Record<string, unknown>> | null;

  @SatisfiesIfPresent(Array.isArray, expected('an array'))
  events?: readonly unknown[] | null;
}

/** Reads the body of a 200 answer to a look-up; undefined where it is no profile. */
export function parseUserProfile(body: string): UserProfile | undefined {
  const raw = parseJson(body);
  if (!isRecord(raw)) return undefined;
  const profile = hydrate(UserProfile, raw, ['emailAddress', 'email', 'attributes', 'events']);
  return validate(profile).length === 0 ? profile : undefined;
}
