import { expectedText, hydrate, isRecord, validate } from '@segment-userleap/validation';
import type { Parsed } from '@segment-userleap/validation';
import { findMisnamed } from './find-misnamed';
import { parsePageRules } from '../page-rules/page-rules';
import { normalizeSetting } from './normalize-setting';
import { SETTING_KINDS, SETTING_NAMES } from './setting-kinds';
import type { Settings } from './settings';
import { SettingsSchema } from './settings-schema';

/** Defaults that differ between the hosts. */
interface HostDefaults {
  /** How long an event waits for its user to become known: as long as the host can wait. */
  readonly unknownUserGraceSeconds: number;
}

/**
 * Reads the settings of one destination as a host gets them: missing, null and blank ones take their default, numbers
 * and flags may be text. Issues name the setting and what was expected, never a value. Unknown names are ignored, unless they
 * are a setting's but for case, spaces, `_` and `-`.
 */
export function parseSettings(raw: unknown, defaults: HostDefaults): Parsed<Settings> {
  if (!isRecord(raw)) return { ok: false, issues: [{ path: '', message: expectedText('an object of settings', raw) }] };
  const normalized = SETTING_NAMES.flatMap((name) => {
    const value = Object.hasOwn(raw, name) ? normalizeSetting(SETTING_KINDS[name], raw[name]) : undefined;
    return value === undefined ? [] : [[name, value] as const];
  });
  const schema = hydrate(SettingsSchema, { ...defaults, ...Object.fromEntries(normalized) }, SETTING_NAMES);
  const issues = [...findMisnamed(raw), ...validate(schema)];
  return issues.length === 0 ? compileSettings(schema) : { ok: false, issues };
}

function compileSettings(schema: SettingsSchema): Parsed<Settings> {
  const pageUrlEvents = parsePageRules(schema.pageUrlEvents);
  if (!pageUrlEvents.ok) {
    const issues = pageUrlEvents.issues.map(({ path, message }) => ({ path: `pageUrlEvents.${path}`, message }));
    return { ok: false, issues };
  }
  const settings = {
    ...schema,
    endpoint: schema.endpoint.replace(/\/$/, ''),
    userIdFields: schema.userIdFields.length === 0 ? ['userId'] : schema.userIdFields,
    pageUrlEvents: pageUrlEvents.value,
    eventNames: new Map(Object.entries(schema.eventNames)),
    allowEvents: new Set(schema.allowEvents),
    denyEvents: new Set(schema.denyEvents),
    traitNames: new Map(Object.entries(schema.traitNames)),
    purgeDelaySeconds: schema.purgeDelaySeconds,
  };
  return { ok: true, value: settings };
}
