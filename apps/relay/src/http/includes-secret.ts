import { createHash, timingSafeEqual } from 'node:crypto';

/** True where one of the secrets is the given one; always compares all, each in constant time. */
export function includesSecret(secrets: readonly string[], given: string): boolean {
  const hash = digest(given);
  return secrets.filter((secret) => timingSafeEqual(digest(secret), hash)).length > 0;
}

// Of equal length, so that they can be compared in constant time.
function digest(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
