import { createHash, timingSafeEqual } from 'node:crypto';
import type { Destination } from '../config/relay-config';

/** The user name of Basic credentials: how Segment's senders give their key. */
export function readBasicUser(authorization: string | undefined): string | undefined {
  const [, encoded] = /^Basic +([A-Za-z0-9+/=_-]+)$/i.exec(authorization ?? '') ?? [];
  const [user = ''] = Buffer.from(encoded ?? '', 'base64')
    .toString('utf8')
    .split(':');
  return user === '' ? undefined : user;
}

/** The destination that a write key opens. Takes the same time whichever key is right, or none. */
export function findByKey(destinations: readonly Destination[], writeKey: string): Destination | undefined {
  const [opened] = destinations.filter(({ writeKeys }) => includesSecret(writeKeys, writeKey));
  return opened;
}

/** The destination that is open to everybody: its UserLeap is on this machine, and it has no credentials. */
export function findOpen(destinations: readonly Destination[]): Destination | undefined {
  return destinations.find(({ writeKeys, sharedSecrets }) => writeKeys.length === 0 && sharedSecrets.length === 0);
}

/** True where one of the secrets is the given one; always compares all. */
export function includesSecret(secrets: readonly string[], given: string): boolean {
  const hash = digest(given);
  return secrets.filter((secret) => timingSafeEqual(digest(secret), hash)).length > 0;
}

// Of equal length, so that they can be compared in constant time.
function digest(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
