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

/** The destination whose write key it is. Takes the same time whichever key is right, or none. */
export function findByKey(destinations: readonly Destination[], writeKey: string): Destination | undefined {
  const [found] = destinations.filter(({ writeKeys }) => includesSecret(writeKeys, writeKey));
  return found;
}

/** The destination that asks for no credentials: it has none, as its UserLeap is on this machine. */
export function findWithoutCredentials(destinations: readonly Destination[]): Destination | undefined {
  return destinations.find(({ writeKeys, sharedSecrets }) => writeKeys.length === 0 && sharedSecrets.length === 0);
}
