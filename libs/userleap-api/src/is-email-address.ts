import { codePointLength } from '@segment-userleap/validation';
import { MAX_TEXT_LENGTH } from './limits';

// RFC 5321's sizes and dot-atoms, with the letters of RFC 6531; no quoted local parts, no IP addresses as domain.
// By hand: the library's rule with what it imports is a tenth of the size that the pasted file may have.
const MAX_LOCAL_PART = 64;
const ATOM = "[a-z0-9!#$%&'*+/=?^_`{|}~\\u00a1-\\ud7ff\\uf900-\\ufdcf\\ufdf0-\\uffef-]+";
const LABEL = '[a-z0-9\\u00a1-\\uffef](?:[a-z0-9\\u00a1-\\uffef-]{0,61}[a-z0-9\\u00a1-\\uffef])?';
const ADDRESS = new RegExp(`^(${ATOM}(?:\\.${ATOM})*)@(?:${LABEL}\\.)+(?!\\d+$)(?:${LABEL})$`, 'i');

/** True for an e-mail address that UserLeap can take: not too long, with a domain that has a dot. */
export function isEmailAddress(text: string): boolean {
  if (codePointLength(text) > MAX_TEXT_LENGTH) return false;
  const [, localPart] = ADDRESS.exec(text) ?? [];
  return localPart !== undefined && localPart.length <= MAX_LOCAL_PART;
}
