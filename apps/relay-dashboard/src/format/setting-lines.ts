import type { NameSettings } from '../api/admin-api';

/** A setting of names with a new value, as it is written down. */
export interface SettingLines {
  readonly setting: 'allowEvents' | 'denyEvents';
  readonly names: readonly string[];
}

/**
 * `denyEvents` with whatever Segment sends that becomes this name at UserLeap; undefined where that list cannot hold it back: a
 * Page has it, or it is in the list already.
 */
export function denyLines(name: string, settings: NameSettings): SettingLines | undefined {
  const { denyEvents, eventNames, pageEvents } = settings;
  if (pageEvents.includes(name)) return undefined;
  const renamed = eventNames.filter(({ becomes }) => becomes === name).map(({ sent }) => sent);
  const own = eventNames.some(({ sent }) => sent === name) ? [] : [name];
  const names = [...new Set([...denyEvents, ...renamed, ...own])];
  return names.length === denyEvents.length ? undefined : { setting: 'denyEvents', names };
}

/** The list that leaves a name out, changed so that it does not; undefined where it does not any more. */
export function letThroughLines(
  { name, reason }: { readonly name: string; readonly reason: 'event_denied' | 'event_not_allowed' },
  { allowEvents, denyEvents }: NameSettings,
): SettingLines | undefined {
  if (reason === 'event_denied') {
    if (!denyEvents.includes(name)) return undefined;
    return { setting: 'denyEvents', names: denyEvents.filter((one) => one !== name) };
  }
  if (allowEvents.length === 0 || allowEvents.includes(name)) return undefined;
  return { setting: 'allowEvents', names: [...allowEvents, name] };
}

/** For a shell or a file of variables. */
export function asVariable({ setting, names }: SettingLines): string {
  const variable = { allowEvents: 'USERLEAP_ALLOW_EVENTS', denyEvents: 'USERLEAP_DENY_EVENTS' }[setting];
  return `${variable}='${JSON.stringify(names).replaceAll("'", String.raw`'\''`)}'`;
}

/** For the `settings` of a destination in the file of `RELAY_DESTINATIONS`. */
export function asJson({ setting, names }: SettingLines): string {
  return `"${setting}": [${names.map((name) => JSON.stringify(name)).join(', ')}]`;
}
