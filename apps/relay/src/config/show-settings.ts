import type { Settings } from '@segment-userleap/mapping';
import { maskSecret } from './show-variables';

/** The settings of a destination as they count, in the form in which they are written: lists, maps as objects, the key masked. */
export function showSettings({ pageUrlEvents, apiKey, ...settings }: Settings): Readonly<Record<string, unknown>> {
  const shown = Object.entries({ ...settings, pageUrlEvents: pageUrlEvents.rules }).map(([name, value]) => {
    return [name, asWritten(value)] as const;
  });
  return { ...Object.fromEntries(shown), apiKey: maskSecret(apiKey) };
}

function asWritten(value: unknown): unknown {
  if (value instanceof Map) return Object.fromEntries(value as ReadonlyMap<string, string>);
  return value instanceof Set ? [...(value as ReadonlySet<string>)] : value;
}
