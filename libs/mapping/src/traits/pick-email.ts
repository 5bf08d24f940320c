import { isEmailAddress } from '@segment-userleap/userleap-api';
import type { Warning } from '../outcome';
import type { Settings } from '../settings/settings';
import { trimText } from '../trim-text';
import { isTraitAllowed } from './trait-filter';

/** The trait that is not an attribute but the address that email surveys go to. */
export const EMAIL_TRAIT = 'email';

/** What may be an address, and the trait that it counts as. */
export interface EmailCandidate {
  readonly trait: string;
  readonly value: unknown;
}

/** The first of the allowed candidates that is set, trimmed, if it is a valid address. */
export function pickEmail(
  candidates: readonly EmailCandidate[],
  settings: Settings,
  warnings: Warning[],
): string | undefined {
  const allowed = candidates.filter(({ trait }) => isTraitAllowed(trait, settings));
  const found = allowed.find(({ value }) => value !== undefined && value !== null && trimText(value) !== '');
  const email = trimText(found?.value);
  if (typeof email === 'string' && isEmailAddress(email)) return email;
  const unset = allowed.find(({ value }) => value === null);
  if (found) warnings.push({ code: 'invalid_email', trait: found.trait });
  else if (unset) warnings.push({ code: 'cannot_unset', trait: unset.trait });
  return undefined;
}
