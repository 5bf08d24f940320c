import { MAX_TEXT_LENGTH } from '@segment-userleap/userleap-api';
import type { AttributeValue } from '@segment-userleap/userleap-api';
import { codePointLength } from '@segment-userleap/validation';
import type { Warning } from '../outcome';
import type { WarningCode } from '../reasons';
import type { Settings } from '../settings/settings';
import { toAttributeValue } from './attribute-value';
import { flattenTraits } from './flatten-traits';
import { isTraitAllowed } from './trait-filter';

/**
 * UserLeap attributes of a user's traits: flattened, filtered, only what UserLeap can hold, however many. What is left
 * out is added to `warnings`, but for unset values: the API cannot unset, so they say nothing.
 */
export function mapAttributes(
  traits: Readonly<Record<string, unknown>>,
  settings: Settings,
  warnings: Warning[],
): ReadonlyMap<string, AttributeValue> {
  const attributes = new Map<string, AttributeValue>();
  for (const [name, raw] of flattenTraits(traits)) {
    if (!isTraitAllowed(name, settings)) continue;
    const value = toAttributeValue(raw);
    if (raw === null || raw === undefined || value === '') continue;
    const problem = findProblem(name, value);
    if (problem) warnings.push({ code: problem, trait: name });
    else if (value !== undefined) attributes.set(name, value);
  }
  return attributes;
}

function findProblem(name: string, value: AttributeValue | undefined): WarningCode | undefined {
  if (value === undefined) return 'unsupported_value';
  if (name === '') return 'blank_name';
  if (name.startsWith('!')) return 'reserved_name';
  if (codePointLength(name) > MAX_TEXT_LENGTH) return 'name_too_long';
  if (typeof value === 'string' && codePointLength(value) > MAX_TEXT_LENGTH) return 'value_too_long';
  return undefined;
}
