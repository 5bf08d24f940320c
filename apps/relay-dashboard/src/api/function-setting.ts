import type { SettingName } from '@segment-userleap/mapping';

/** A setting of the Segment Function, as Segment's editor asks for it: what `/function/settings.json` lists. */
export interface FunctionSetting {
  readonly name: SettingName;
  readonly label: string;
  readonly description: string;
  readonly type: string;
  readonly required: boolean;
  readonly sensitive: boolean;
}
