import { parseSettings } from '@segment-userleap/mapping';
import { formatIssue } from '@segment-userleap/validation';
import { isDeepStrictEqual } from 'node:util';
import { plain, rawSettings } from './settings-vector';
import type { SettingsCase } from './settings-vector';

/** What the libraries read the settings of a case as: issues as they are told, or values as JSON can show them. */
export function playSettingsOnLibs(settingsCase: SettingsCase): {
  readonly issues: readonly string[];
  readonly parsed: Readonly<Record<string, unknown>>;
} {
  const read = parseSettings(rawSettings(settingsCase), { unknownUserGraceSeconds: 300 });
  if (!read.ok) return { issues: read.issues.map(formatIssue), parsed: {} };
  const shown = Object.entries(read.value).map(([name, value]) => [name, plain(value)]);
  return { issues: [], parsed: Object.fromEntries(shown) as Readonly<Record<string, unknown>> };
}

/** True if the libraries did what a case promises. */
export function meetsSettingsCase(settingsCase: SettingsCase): boolean {
  const { issues, parsed } = playSettingsOnLibs(settingsCase);
  const promised = Object.entries(settingsCase.parsed ?? {});
  return (
    isDeepStrictEqual(issues, settingsCase.issues ?? []) &&
    promised.every(([name, value]) => isDeepStrictEqual(parsed[name], value))
  );
}
