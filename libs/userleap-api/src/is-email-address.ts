import { isEmail } from 'class-validator';
import { codePointLength, isWellFormed } from '@segment-userleap/validation';
import { MAX_TEXT_LENGTH } from './limits';

/** True for an e-mail address that UserLeap can take. Never throws, unlike `isEmail` for a lone surrogate. */
export function isEmailAddress(text: string): boolean {
  return codePointLength(text) <= MAX_TEXT_LENGTH && isWellFormed(text) && isEmail(text);
}
