import { isRecord } from './is-record';

/**
 * A setting's definition, without a value (Segment Public API, Functions, FunctionSettingV1, 2026: these six fields, all
 * required).
 */
export interface FunctionSetting {
  readonly name: string;
  readonly label: string;
  readonly description: string;
  readonly type: string;
  readonly required: boolean;
  readonly sensitive: boolean;
}

/** The fields of a setting besides its name, in Segment's order. */
export const SETTING_FIELDS = ['label', 'description', 'type', 'required', 'sensitive'] as const;

/** The definitions in a list, without fields of other names; `undefined` where it is no list of definitions. */
export function readSettings(value: unknown): readonly FunctionSetting[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const settings = value.map(readSetting);
  return settings.every((setting) => setting !== undefined) ? settings : undefined;
}

function readSetting(value: unknown): FunctionSetting | undefined {
  if (!isRecord(value)) return undefined;
  const { name, label, description, type, required, sensitive } = value;
  const isSetting =
    [name, label, description, type].every((field) => typeof field === 'string') &&
    [required, sensitive].every((field) => typeof field === 'boolean');
  return isSetting ? ({ name, label, description, type, required, sensitive } as FunctionSetting) : undefined;
}
