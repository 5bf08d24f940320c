import { isRecord, isText } from '@segment-userleap/validation';
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Destination } from '../config/relay-config';

/** The write key of a call: the user name of its Basic credentials, else `writeKey` of its body. */
export function readWriteKey(authorization: string | undefined, body: unknown): string | undefined {
  const [, encoded] = /^Basic +([A-Za-z0-9+/=_-]+)$/i.exec(authorization ?? '') ?? [];
  if (encoded !== undefined) {
    const [user = ''] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
    if (user !== '') return user;
  }
  return isRecord(body) && isText(body.writeKey) ? body.writeKey : undefined;
}

/**
 * The destination that a write key opens. One without keys (its UserLeap is on this machine) opens for everybody, after
 * all others. Takes the same time whichever key is right, or none.
 */
export function findDestination(
  destinations: readonly Destination[],
  writeKey: string | undefined,
): Destination | undefined {
  const given = digest(writeKey ?? '');
  const opened = destinations.filter(({ writeKeys }) => {
    const matches = writeKeys.filter((key) => timingSafeEqual(digest(key), given));
    return matches.length > 0;
  });
  return opened[0] ?? destinations.find(({ writeKeys }) => writeKeys.length === 0);
}

// Of equal length, so that they can be compared in constant time.
function digest(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}
