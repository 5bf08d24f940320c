import { BadRequestException } from '@nestjs/common';
import { parseSettings, SETTING_NAMES } from '@segment-userleap/mapping';
import type { Settings } from '@segment-userleap/mapping';
import { expectedText, isRecord } from '@segment-userleap/validation';

// Nothing is sent with it; a preview has no use for the real one.
const KEY = 'preview';

/** A destination's settings with some of them replaced. Throws 400 with the name of one that is wrong, or is none. */
export function previewSettings(configured: Settings, overrides: unknown): Settings {
  if (!isRecord(overrides)) throw new BadRequestException(`settings: ${expectedText('an object', overrides)}`);
  const names = Object.keys(overrides);
  const unknown = names.find((name) => !SETTING_NAMES.some((one) => one === name));
  if (unknown !== undefined) {
    throw new BadRequestException(`settings.${unknown.slice(0, 40)}: expected one of ${SETTING_NAMES.join(', ')}`);
  }
  const { unknownUserGraceSeconds } = configured;
  const parsed = parseSettings({ apiKey: KEY, ...overrides }, { unknownUserGraceSeconds });
  if (!parsed.ok) {
    const [issue] = parsed.issues;
    throw new BadRequestException(`settings.${issue?.path ?? ''}: ${issue?.message ?? ''}`);
  }
  const replaced = SETTING_NAMES.filter((name) => names.includes(name)).map((name) => [name, parsed.value[name]]);
  return { ...configured, ...Object.fromEntries(replaced), apiKey: KEY };
}
