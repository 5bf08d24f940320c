import { isLongerThan } from '@segment-userleap/validation';
import { MAX_TEXT_LENGTH } from './limits';

// RFC 5321's sizes and dot-atoms, with letters and digits of any script (RFC 6531, IDNA); no quoted local parts, no IP addresses
// as domain. By hand: the library's rule with what it imports is a tenth of the size that the pasted file may have.
const MAX_LOCAL_PART = 64;
const WORD = '\\p{L}\\p{M}\\p{N}';
const ATOM = `[${WORD}!#$%&'*+/=?^_\`{|}~-]+`;
// Catalan and Japanese domains have a dot in the middle.
const LABEL = `[\\p{L}\\p{N}](?:[${WORD}\\u00b7\\u30fb-]{0,61}[${WORD}])?`;
// Some letters and marks are drawn as nothing (DI: Default_Ignorable_Code_Point): Hangul fillers, variation selectors.
const ADDRESS = new RegExp(`^(?!.*\\p{DI})(${ATOM}(?:\\.${ATOM})*)@(?:${LABEL}\\.)+(?!\\d+$)${LABEL}$`, 'u');

/** True for an e-mail address that UserLeap can take: not too long, nothing invisible in it, with a domain that has a dot. */
export function isEmailAddress(text: string): boolean {
  if (isLongerThan(text, MAX_TEXT_LENGTH)) return false;
  const [, localPart] = ADDRESS.exec(text) ?? [];
  return localPart !== undefined && localPart.length <= MAX_LOCAL_PART;
}
