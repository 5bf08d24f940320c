import { isRecord } from '@segment-userleap/validation';
import { trimText } from '../trim-text';
import type { SettingKind } from './setting-kinds';

/**
 * The setting in the form that the schema checks: text trimmed, numbers and flags read from their text, blank list
 * items left out. Undefined for what counts as not set: null and blank text. What has another kind stays for the schema
 * to refuse.
 */
export function normalizeSetting(kind: SettingKind, raw: unknown): unknown {
  const value = trimText(raw);
  if (value === null || value === '') return undefined;
  switch (kind) {
    case 'text':
      return value;
    case 'number':
      return typeof value === 'string' && /^\d+(?:\.\d+)?$/.test(value) ? Number(value) : value;
    case 'flag':
      return value === 'true' ? true : value === 'false' ? false : value;
    case 'list':
      return Array.isArray(value) ? value.map(trimText).filter((item) => item !== '') : value;
    case 'map':
      return isRecord(value) ? trimEntries(value) : value;
  }
}

function trimEntries(map: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const entries = Object.entries(map).map(([name, text]) => [name.trim(), trimText(text)] as const);
  // An empty row of Segment's form is no entry.
  return Object.fromEntries(entries.filter(([name, text]) => name !== '' || text !== ''));
}
