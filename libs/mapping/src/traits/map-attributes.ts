import { MAX_TEXT_LENGTH } from '@segment-userleap/userleap-api';
import type { AttributeValue } from '@segment-userleap/userleap-api';
import { isLongerThan, toWellFormed } from '@segment-userleap/validation';
import type { Warning } from '../outcome';
import type { WarningCode } from '../reasons';
import type { Settings } from '../settings/settings';
import { toAttributeValue } from './attribute-value';
import { isTraitAllowed } from './trait-filter';

/** A trait, dotted and trimmed: what Segment calls it, by which it is filtered, and what UserLeap is to call it. */
export interface NamedTrait {
  readonly trait: string;
  readonly attribute: string;
  readonly value: unknown;
}

/** UserLeap's names for the traits of an event, as `traitNames` has them. */
export function nameTraits(flat: ReadonlyMap<string, unknown>, { traitNames }: Settings): readonly NamedTrait[] {
  return [...flat].map(([trait, value]) => ({ trait, attribute: traitNames.get(trait) ?? trait, value }));
}

/**
 * UserLeap attributes of a user's traits: filtered, only what UserLeap can hold, however many; of two with one name the first.
 * What is left out is added to `warnings`, but for undefined and empty text, which say nothing.
 */
export function mapAttributes(
  traits: readonly NamedTrait[],
  settings: Settings,
  warnings: Warning[],
): ReadonlyMap<string, AttributeValue> {
  const attributes = new Map<string, AttributeValue>();
  for (const named of traits) {
    if (!isTraitAllowed(named.trait, settings)) continue;
    const raw = toAttributeValue(named.value);
    if (named.value === undefined || raw === '') continue;
    // Half a surrogate pair cannot be written as UTF-8: one cut emoji must not cost the whole request.
    const value = typeof raw === 'string' ? toWellFormed(raw) : raw;
    const name = toWellFormed(named.attribute);
    const problem = named.value === null ? 'cannot_unset' : findProblem(name, value);
    if (problem) warnings.push({ code: problem, trait: toWellFormed(named.trait) });
    else if (value !== undefined && !attributes.has(name)) attributes.set(name, value);
  }
  return attributes;
}

function findProblem(name: string, value: AttributeValue | undefined): WarningCode | undefined {
  if (value === undefined) return 'unsupported_value';
  if (name === '') return 'blank_name';
  if (name.startsWith('!')) return 'reserved_name';
  if (isLongerThan(name, MAX_TEXT_LENGTH)) return 'name_too_long';
  if (typeof value === 'string' && isLongerThan(value, MAX_TEXT_LENGTH)) return 'value_too_long';
  return undefined;
}
