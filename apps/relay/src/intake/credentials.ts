import type { Destination } from '../config/relay-config';
import { includesSecret } from '../http/includes-secret';

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
