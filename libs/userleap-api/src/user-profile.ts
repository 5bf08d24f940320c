import { expected, expectedText, hydrate, isRecord, SatisfiesIfPresent, validate } from '@segment-userleap/validation';
import type { Parsed } from '@segment-userleap/validation';

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

/** Reads the body of a 200 answer to a look-up. */
export function parseUserProfile(body: string): Parsed<UserProfile> {
  let raw: unknown;
  try {
    raw = JSON.parse(body);
  } catch {
    return { ok: false, issues: [{ path: '', message: 'expected JSON' }] };
  }
  if (!isRecord(raw)) return { ok: false, issues: [{ path: '', message: expectedText('an object', raw) }] };
  const profile = hydrate(UserProfile, raw, ['emailAddress', 'email', 'attributes', 'events']);
  const issues = validate(profile);
  return issues.length === 0 ? { ok: true, value: profile } : { ok: false, issues };
}
