import type { SettingName } from './settings-schema';

/** How a setting is written: Segment delivers numbers as strings, an environment variable is always one. */
export type SettingKind = 'text' | 'number' | 'flag' | 'list' | 'map';

export const SETTING_KINDS = {
  apiKey: 'text',
  endpoint: 'text',
  unknownUsers: 'text',
  unknownUserGraceSeconds: 'number',
  pageEventName: 'text',
  pageUrlEvents: 'map',
  eventNames: 'map',
  allowEvents: 'list',
  denyEvents: 'list',
  allowTraits: 'list',
  denyTraits: 'list',
  userIdFields: 'list',
  traitNames: 'map',
  emailFields: 'list',
  integrationNames: 'list',
  consentCategories: 'list',
  trackScreens: 'flag',
  acceptOddIds: 'flag',
  groupTraits: 'flag',
  sampleUsers: 'number',
  purgeAliased: 'flag',
  purgeDelaySeconds: 'number',
} as const satisfies Record<SettingName, SettingKind>;

/** Every setting, in the order in which people are shown them. */
export const SETTING_NAMES = Object.keys(SETTING_KINDS) as readonly SettingName[];
