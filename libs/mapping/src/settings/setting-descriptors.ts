import { MAX_URL_PATTERN_LENGTH } from '@segment-userleap/userleap-api';
import type { SettingName } from './settings-schema';

/** What a person is told about a setting. */
interface SettingDescriptor {
  readonly label: string;
  readonly description: string;
  readonly required?: true;
  /** Hidden once entered. */
  readonly sensitive?: true;
}

export const SETTING_DESCRIPTORS: Readonly<Record<SettingName, SettingDescriptor>> = {
  apiKey: {
    label: 'API key',
    description: 'The key of your UserLeap (Sprig) environment. Development and Production have different keys.',
    required: true,
    sensitive: true,
  },
  endpoint: {
    label: 'Endpoint',
    description: 'Base URL of the API. Leave empty for https://api.sprig.com.',
  },
  unknownUsers: {
    label: 'Unknown users',
    description:
      'skip (default): events of a user are sent only once an Identify has created the user. create: any event creates its user.',
  },
  unknownUserGraceSeconds: {
    label: 'Grace for unknown users (seconds)',
    description: 'How long an event of an unknown user is retried, because its Identify may still be on its way.',
  },
  pageEventName: {
    label: 'Page event name',
    description: 'UserLeap event that every Page call becomes. Leave empty for pageview.',
  },
  pageUrlEvents: {
    label: 'Page URL events',
    description:
      `UserLeap event name → part of a URL or a regular expression (at most ${MAX_URL_PATTERN_LENGTH} characters). ` +
      'A Page call whose URL matches sends that event, too.',
  },
  eventNames: {
    label: 'Event names',
    description: 'Segment Track event → UserLeap event name, where the two differ.',
  },
  allowEvents: {
    label: 'Allowed events',
    description: 'Names of the Track events to send; all others are left out. Empty: all are sent.',
  },
  denyEvents: {
    label: 'Denied events',
    description: 'Names of the Track events to leave out.',
  },
  allowTraits: {
    label: 'Allowed traits',
    description: 'Names of the traits to send, dotted for nested ones; a name covers what is nested in it. Empty: all.',
  },
  denyTraits: {
    label: 'Denied traits',
    description: 'Names of the traits to leave out, dotted for nested ones; a name covers what is nested in it.',
  },
  consentCategories: {
    label: 'Consent categories',
    description: 'Categories that a user must all have agreed to, where an event carries consent.',
  },
  trackScreens: {
    label: 'Send screens',
    description: 'Send Screen calls as events that have the name of the screen.',
  },
  purgeAliased: {
    label: 'Erase aliased users',
    description: 'Erase the old user after an Alias has carried it over to the new one.',
  },
  purgeDelaySeconds: {
    label: 'Purge delay (seconds)',
    description: 'How long UserLeap waits before it erases a deleted user. Leave empty for its own delay.',
  },
};
