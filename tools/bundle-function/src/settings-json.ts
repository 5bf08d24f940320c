import { SETTING_DESCRIPTORS, SETTING_KINDS, SETTING_NAMES } from '@segment-userleap/mapping';
import type { SettingKind, SettingName } from '@segment-userleap/mapping';

/** A setting as Segment's Public API and editor know it: exactly these six fields. */
export interface SegmentSetting {
  readonly name: SettingName;
  readonly label: string;
  readonly description: string;
  readonly type: 'STRING' | 'BOOLEAN' | 'ARRAY' | 'TEXT_MAP';
  readonly required: boolean;
  readonly sensitive: boolean;
}

const SEGMENT_TYPES = {
  text: 'STRING',
  number: 'STRING', // Segment has no numbers
  flag: 'BOOLEAN',
  list: 'ARRAY',
  map: 'TEXT_MAP',
} as const satisfies Record<SettingKind, SegmentSetting['type']>;

/** The Function's settings, from the schema that the Function itself reads them with. */
export function listSegmentSettings(): readonly SegmentSetting[] {
  return SETTING_NAMES.map((name) => {
    const { label, description, required = false, sensitive = false } = SETTING_DESCRIPTORS[name];
    return { name, label, description, type: SEGMENT_TYPES[SETTING_KINDS[name]], required, sensitive };
  });
}
