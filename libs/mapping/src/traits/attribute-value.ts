import { isDate } from '@segment-userleap/segment-events';
import type { AttributeValue } from '@segment-userleap/userleap-api';

/**
 * A trait's value as UserLeap can hold it: scalars as they are, a `Date` as ISO string, a list of scalars joined by
 * commas. Undefined for every other value.
 */
export function toAttributeValue(value: unknown): AttributeValue | undefined {
  if (!Array.isArray(value)) return toScalar(value);
  const scalars = Array.from(value, toScalar);
  return scalars.includes(undefined) ? undefined : scalars.join(',');
}

function toScalar(value: unknown): AttributeValue | undefined {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      return Number.isFinite(value) ? value : undefined;
    default:
      return isDate(value) && !Number.isNaN(value.getTime()) ? value.toISOString() : undefined;
  }
}
