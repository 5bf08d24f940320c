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
      'UserLeap event → rule for the URL of a Page call, which then sends that event, too. A rule is a regular expression ' +
      'without regard to case, such as /pricing, or regex:, contains:, notContains:, exactly:, notExactly:, startsWith: or ' +
      `endsWith: before a text. At most ${MAX_URL_PATTERN_LENGTH} characters.`,
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
    description:
      'Names of the traits to send, dotted for nested ones; a name covers what is nested in it. ' +
      'Holds for email, too: list it, or no address is sent. Empty: all.',
  },
  denyTraits: {
    label: 'Denied traits',
    description: 'Names of the traits to leave out, dotted for nested ones; a name covers what is nested in it.',
  },
  userIdFields: {
    label: 'User id fields',
    description:
      'Where the user id of a call is, dotted for nested places, tried in this order: userId, traits.accountId, context.traits.id. Leave empty for userId.',
  },
  traitNames: {
    label: 'Trait names',
    description: 'Segment trait → UserLeap attribute, where the two differ. Dotted for nested traits: address.city.',
  },
  emailFields: {
    label: 'E-mail fields',
    description:
      'Where the address is, the first that is set: traits.email, context.traits.email, properties.email and the like. ' +
      'What you list is also read on Track, Page and Screen. Leave empty for traits.email and context.traits.email of an Identify.',
  },
  integrationNames: {
    label: 'Integration names',
    description:
      'Further names of this destination in the integrations object of an event. One that is false leaves the event out, as for UserLeap and Sprig.',
  },
  consentCategories: {
    label: 'Consent categories',
    description: 'Categories that a user must all have agreed to, where an event carries consent.',
  },
  trackScreens: {
    label: 'Send screens',
    description: 'Send Screen calls as events that have the name of the screen.',
  },
  acceptOddIds: {
    label: 'Accept odd ids',
    description: 'Take ids such as undefined, null, NaN or true, which usually stand for a missing id, for real ones.',
  },
  groupTraits: {
    label: 'Send group traits',
    description:
      'Group calls give their traits to the user, as attributes that begin with group. (group.id is the group).',
  },
  sampleUsers: {
    label: 'Sample of users (per cent)',
    description: 'Send only so many of your users, always the same ones: 12.5 is one in eight. Leave empty for all.',
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
