import type { Destination } from '../config/relay-config';
import { findByKey, findOpen, readBasicUser } from './credentials';
import { isSignedBy } from './signature';

/** What a webhook call brings to prove where it belongs. */
export interface WebhookCall {
  readonly authorization: string | undefined;
  /** The key among the settings that it sends. */
  readonly key: string | undefined;
  readonly signature: string | undefined;
  readonly bytes: Buffer;
}

/** `opensAll`: the call may hold more than one event. */
export type Opened = { readonly destination: Destination; readonly opensAll: boolean } | { readonly refusal: string };

const WRONG_SIGNATURE = 'X-Signature: expected the signature of the body';
const WRONG_KEY = 'authorization: expected a known write key';

/**
 * The destination that a call opens: by a write key, or by its signature. One that is wrong is refused beside a right other
 * one, too. A signature says nothing of the second and later events of a batch: where the destination has write keys as
 * well, those are needed for them.
 */
export function openWebhook(destinations: readonly Destination[], call: WebhookCall): Opened {
  const key = readBasicUser(call.authorization) ?? call.key;
  const byKey = key === undefined ? undefined : findByKey(destinations, key);
  const { signature, bytes } = call;
  const isSigned = ({ sharedSecrets }: Destination): boolean =>
    signature !== undefined && isSignedBy(sharedSecrets, signature, bytes);
  if (byKey) {
    const isForged = signature !== undefined && byKey.sharedSecrets.length > 0 && !isSigned(byKey);
    return isForged ? { refusal: WRONG_SIGNATURE } : { destination: byKey, opensAll: true };
  }
  const [signed] = destinations.filter(isSigned);
  if (signed) {
    return key === undefined
      ? { destination: signed, opensAll: signed.writeKeys.length === 0 }
      : { refusal: WRONG_KEY };
  }
  const open = findOpen(destinations);
  return open
    ? { destination: open, opensAll: true }
    : { refusal: `${WRONG_KEY}, or X-Signature made with a shared secret` };
}
