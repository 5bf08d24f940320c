import type { SettingName } from '@segment-userleap/mapping';

/** What a setting's field shows, whatever its kind. */
export interface SettingInputProps {
  readonly name: SettingName;
  readonly label: string;
  readonly isInvalid: boolean;
  /** Ids of what explains the field. */
  readonly describedBy: string;
  readonly value: unknown;
  onValue(value: unknown): void;
}
