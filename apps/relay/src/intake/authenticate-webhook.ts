import type { Destination } from '../config/relay-config';
import { findByKey, findWithoutCredentials, readBasicUser } from './credentials';
import { isSignedBy } from './signature';

/** What a webhook call brings to prove where it belongs. */
export interface WebhookCall {
  readonly authorization: string | undefined;
  /** The key among the settings that it sends. */
  readonly key: string | undefined;
  readonly signature: string | undefined;
  readonly bytes: Buffer;
}

/** `coversBatch`: what was proved holds for every event of a batch, not for the first alone. */
export type Authenticated =
  | { readonly destination: Destination; readonly coversBatch: boolean }
  | { readonly refusal: string };

const WRONG_SIGNATURE = 'X-Signature: expected the signature of the body';
const WRONG_KEY = 'authorization: expected a known write key';

/**
 * The destination that a call may send to: proved by a write key, or by its signature. One that is wrong is refused beside a right other
 * one, too. A signature says nothing of the second and later events of a batch: where the destination has write keys as
 * well, those are needed for them.
 */
export function authenticateWebhook(destinations: readonly Destination[], call: WebhookCall): Authenticated {
  const key = readKey(call);
  const byKey = findByKey(destinations, key);
  const { signature, bytes } = call;
  const isSigned = ({ sharedSecrets }: Destination): boolean =>
    signature !== undefined && isSignedBy(sharedSecrets, signature, bytes);
  if (byKey) {
    const isForged = signature !== undefined && byKey.sharedSecrets.length > 0 && !isSigned(byKey);
    return isForged ? { refusal: WRONG_SIGNATURE } : { destination: byKey, coversBatch: true };
  }
  const [signed] = destinations.filter(isSigned);
  if (signed) {
    return key === undefined
      ? { destination: signed, coversBatch: signed.writeKeys.length === 0 }
      : { refusal: WRONG_KEY };
  }
  const unguarded = findWithoutCredentials(destinations);
  return unguarded
    ? { destination: unguarded, coversBatch: true }
    : { refusal: `${WRONG_KEY}, or X-Signature made with a shared secret` };
}

/** Whether a call is known before its body is read. A signature is of the body, so it cannot tell. */
export function hasKnownKey(destinations: readonly Destination[], call: Omit<WebhookCall, 'bytes'>): boolean {
  const key = readKey(call);
  if (key === undefined) return findWithoutCredentials(destinations) !== undefined;
  return findByKey(destinations, key) !== undefined;
}

function readKey({ authorization, key }: Omit<WebhookCall, 'bytes'>): string | undefined {
  return readBasicUser(authorization) ?? key;
}
