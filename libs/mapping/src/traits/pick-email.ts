import { isEmailAddress } from '@segment-userleap/userleap-api';
import type { Warning } from '../outcome';
import type { Settings } from '../settings/settings';
import { trimText } from '../trim-text';
import { isTraitAllowed } from './trait-filter';

/** The trait that is not an attribute but the address that email surveys go to. */
export const EMAIL_TRAIT = 'email';

/** The first of `candidates` that is set, trimmed, if it is a valid address. */
export function pickEmail(candidates: readonly unknown[], settings: Settings, warnings: Warning[]): string | undefined {
  const email = candidates.map(trimText).find((value) => value !== undefined && value !== null && value !== '');
  if (email === undefined || !isTraitAllowed(EMAIL_TRAIT, settings)) return undefined;
  if (typeof email === 'string' && isEmailAddress(email)) return email;
  warnings.push({ code: 'invalid_email', trait: EMAIL_TRAIT });
  return undefined;
}
