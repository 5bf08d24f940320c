import { InputError } from './input-error';
import { parseSettings } from '@segment-userleap/mapping';
import type { Settings } from '@segment-userleap/mapping';
import { formatIssue, isRecord } from '@segment-userleap/validation';
import { readFileSync } from 'node:fs';

// As the relay's own.
const RELAY_DEFAULTS = { unknownUserGraceSeconds: 72 * 3600 };

/** The settings in a file, those of a relay's destination where there is none. No key is needed. Throws with a sentence. */
export function readSettings(path: string | undefined): Settings {
  const given: unknown = path === undefined ? {} : readJson(path);
  const settings = parseSettings(isRecord(given) ? { ...given, apiKey: 'none' } : given, RELAY_DEFAULTS);
  if (!settings.ok) throw new InputError(`--settings: ${settings.issues.map(formatIssue).join('; ')}`);
  return settings.value;
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as unknown;
  } catch (error) {
    const { code } = error as { code?: string };
    throw new InputError(`--settings: expected a file of JSON${code === undefined ? '' : ` (${code})`}`);
  }
}
