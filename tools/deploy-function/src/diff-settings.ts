import { SETTING_FIELDS } from './function-setting';
import type { FunctionSetting } from './function-setting';

const MAX_VALUE_LENGTH = 60;

/**
 * One line for each setting that is added, removed or changed, by name and field; empty where nothing differs. Their order
 * does not count: Segment knows settings by name.
 */
export function diffSettings(
  deployed: readonly FunctionSetting[],
  built: readonly FunctionSetting[],
): readonly string[] {
  const before = new Map(deployed.map((setting) => [setting.name, setting]));
  const after = new Map(built.map((setting) => [setting.name, setting]));
  return [
    ...built.flatMap((setting) => describeNew(before.get(setting.name), setting)),
    ...deployed.filter(({ name }) => !after.has(name)).map(({ name }) => `- ${name}`),
  ];
}

function describeNew(before: FunctionSetting | undefined, after: FunctionSetting): readonly string[] {
  if (!before) return [`+ ${after.name} (${after.type}${after.required ? ', required' : ''})`];
  const changes = SETTING_FIELDS.filter((field) => before[field] !== after[field]).map(
    (field) => `${field} ${show(before[field])} → ${show(after[field])}`,
  );
  return changes.length === 0 ? [] : [`~ ${after.name}: ${changes.join('; ')}`];
}

function show(value: string | boolean): string {
  const text = JSON.stringify(value);
  return text.length > MAX_VALUE_LENGTH ? `${text.slice(0, MAX_VALUE_LENGTH)}…"` : text;
}
