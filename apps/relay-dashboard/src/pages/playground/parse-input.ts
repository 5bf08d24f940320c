import { parseSettings } from '@segment-userleap/mapping';
import type { Settings } from '@segment-userleap/mapping';
import type { Issue, Parsed } from '@segment-userleap/validation';

/** Settings as a form holds them: by name, in any form that `parseSettings` takes. */
export type RawSettings = Readonly<Record<string, unknown>>;

/** An event as it was typed. */
export function parseEventText(text: string): Parsed<unknown> {
  try {
    return { ok: true, value: JSON.parse(text) as unknown };
  } catch (error) {
    return { ok: false, issues: [{ path: '', message: error instanceof Error ? error.message : 'expected JSON' }] };
  }
}

/** The settings for a preview: nothing is sent, so that no key is needed. */
export function parsePreviewSettings(raw: RawSettings): Parsed<Settings> {
  return parseSettings({ ...raw, apiKey: 'preview' }, { unknownUserGraceSeconds: 0 });
}

/** The setting that an issue is about. */
export function settingOf({ path }: Issue): string {
  return path.split('.')[0] ?? '';
}
