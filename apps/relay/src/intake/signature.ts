import { createHmac } from 'node:crypto';
import { includesSecret } from '../http/includes-secret';
import { findMark } from '../http/scan-json';

const FORM = /^[0-9a-f]{40}$/;
// A byte order mark and space may stand in front.
const ARRAY = /^(?:\xef\xbb\xbf)?[\t\n\r ]*\[/;

/**
 * True where one of the secrets made the signature: the lower-case hex HMAC-SHA1 of the body. Of an array Segment signs
 * only the first element; as it stands there, or as it is written anew (contract of Segment's Webhooks, `X-Signature`).
 */
export function isSignedBy(secrets: readonly string[], signature: string, body: Buffer): boolean {
  if (secrets.length === 0 || !FORM.test(signature)) return false;
  const texts = signedTexts(body);
  const matching = secrets.filter((secret) =>
    includesSecret(
      texts.map((text) => sign(secret, text)),
      signature,
    ),
  );
  return matching.length > 0;
}

function sign(secret: string, text: Buffer | string): string {
  return createHmac('sha1', secret).update(text).digest('hex');
}

function signedTexts(body: Buffer): readonly (Buffer | string)[] {
  if (!ARRAY.test(body.toString('latin1'))) return [body];
  const first = sliceFirstElement(body);
  if (!first) return [];
  const written = writeAnew(first);
  return written === undefined ? [first] : [first, written];
}

/** The bytes of an array's first element, without the space around it. */
function sliceFirstElement(array: Buffer): Buffer | undefined {
  const start = array.indexOf('[') + 1;
  const end = findMark(array, (mark, depth) => (mark === 'comma' && depth === 1) || (mark === 'close' && depth === 0));
  if (end === -1) return undefined;
  const text = array.subarray(start, end).toString('latin1');
  const indent = text.length - text.trimStart().length;
  return array.subarray(start + indent, start + text.trimEnd().length);
}

function writeAnew(json: Buffer): string | undefined {
  try {
    return JSON.stringify(JSON.parse(json.toString('utf8')));
  } catch {
    return undefined;
  }
}
