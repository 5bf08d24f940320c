import type { Destination } from '../config/relay-config';
import { isRecord, isText } from '@segment-userleap/validation';
import { includesSecret } from '../http/includes-secret';

export const WRONG_KEY = 'writeKey: expected a known write key';

/** The user name of Basic credentials: how Segment's senders give their key. */
export function readBasicUser(authorization: string | undefined): string | undefined {
  const [, encoded] = /^Basic +([A-Za-z0-9+/=_-]+)$/i.exec(authorization ?? '') ?? [];
  const [user = ''] = Buffer.from(encoded ?? '', 'base64')
    .toString('utf8')
    .split(':');
  return user === '' ? undefined : user;
}

/** The write key that stands in a body. */
export function readWrittenKey(body: unknown): string | undefined {
  return isRecord(body) && isText(body.writeKey) ? body.writeKey : undefined;
}

/** The destination that a call with this key may send to. */
export function findDestination(
  destinations: readonly Destination[],
  writeKey: string | undefined,
): Destination | undefined {
  return findByKey(destinations, writeKey) ?? findWithoutCredentials(destinations);
}

/** The destination whose write key it is. Takes the same time whichever key is right, or none. */
export function findByKey(destinations: readonly Destination[], writeKey: string | undefined): Destination | undefined {
  if (writeKey === undefined) return undefined;
  const [found] = destinations.filter(({ writeKeys }) => includesSecret(writeKeys, writeKey));
  return found;
}

/** The destination that asks for no credentials: it has none, as its UserLeap is on this machine. */
export function findWithoutCredentials(destinations: readonly Destination[]): Destination | undefined {
  return destinations.find(({ writeKeys, sharedSecrets }) => writeKeys.length === 0 && sharedSecrets.length === 0);
}
