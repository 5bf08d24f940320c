import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expand } from './expand';
import type { SettingsVector } from './settings-vector';
import type { Vector } from './vector';

const FOLDER = join(__dirname, '../vectors');
/** Of the settings themselves, not of events. */
const SETTINGS_FOLDER = 'settings';

/** All vectors of events, in order of their names. */
export function loadVectors(): readonly Vector[] {
  return load<Vector>().filter(({ name }) => !isOfSettings(name));
}

/** All vectors of settings, in order of their names. */
export function loadSettingsVectors(): readonly SettingsVector[] {
  return load<SettingsVector>().filter(({ name }) => isOfSettings(name));
}

function isOfSettings(name: string): boolean {
  return name.startsWith(`${SETTINGS_FOLDER}/`);
}

let read: readonly { readonly name: string }[] | undefined;

function load<V extends { readonly name: string }>(): readonly V[] {
  return (read ??= readAll()) as readonly V[];
}

function readAll(): readonly { readonly name: string }[] {
  return readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => {
      const text = readFileSync(join(FOLDER, file), 'utf8');
      return { ...(expand(JSON.parse(text)) as object), name: file.slice(0, -'.json'.length) };
    });
}
