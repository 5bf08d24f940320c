import { SETTING_KINDS, SETTING_NAMES } from '@segment-userleap/mapping';
import type { SettingName } from '@segment-userleap/mapping';
import type { Parsed } from '@segment-userleap/validation';

type Variables = Readonly<Record<string, string | undefined>>;

/** `pageUrlEvents` → `USERLEAP_PAGE_URL_EVENTS`. */
export function variableOf(setting: string): string {
  return `USERLEAP_${setting.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
}

/** The settings that the environment gives; lists and maps are JSON there. */
export function settingsFromEnvironment(env: Variables): Parsed<Readonly<Record<string, unknown>>> {
  const settings: Record<string, unknown> = {};
  const issues = SETTING_NAMES.flatMap((name) => {
    const text = env[variableOf(name)];
    if (text === undefined || text.trim() === '') return [];
    const value = readValue(name, text);
    settings[name] = value;
    return value === undefined ? [{ path: variableOf(name), message: 'expected JSON' }] : [];
  });
  return issues.length === 0 ? { ok: true, value: settings } : { ok: false, issues };
}

function readValue(name: SettingName, text: string): unknown {
  if (SETTING_KINDS[name] !== 'list' && SETTING_KINDS[name] !== 'map') return text;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
