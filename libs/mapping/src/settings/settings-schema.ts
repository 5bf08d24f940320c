import {
  expected,
  expectedForm,
  isLongerThan,
  isRecord,
  isText,
  Satisfies,
  SatisfiesIfPresent,
} from '@segment-userleap/validation';
import { MAX_TEXT_LENGTH } from '@segment-userleap/userleap-api';
import { isEndpoint } from './is-endpoint';

const YEAR_SECONDS = 366 * 24 * 60 * 60;
const MAX_URL_EVENTS = 100;

const FLAG = expected('true or false');
const NAMES = expected('a list of names');
const EMAIL_FIELDS = expected('a list of places that begin with traits., context. or properties.');
const SECONDS = expected(`a whole number of seconds from 0 to ${YEAR_SECONDS}`);

/** The one schema of a destination's settings; property initializers are the defaults that both hosts share. */
export class SettingsSchema {
  // Only what can stand in an HTTP header: clients put a key that cannot into their error texts.
  @Satisfies(
    (value) => isText(value) && /^[\x21-\x7e]+$/.test(value),
    expectedForm('a UserLeap API key without spaces'),
  )
  apiKey!: string;

  @Satisfies(isEndpoint, expectedForm('an https:// address without query (http:// only for this machine)'))
  endpoint = 'https://api.sprig.com';

  @Satisfies((value) => value === 'skip' || value === 'create', expectedForm('skip or create'))
  unknownUsers: 'skip' | 'create' = 'skip';

  @Satisfies(isSeconds, SECONDS)
  unknownUserGraceSeconds!: number;

  @Satisfies(isEventName, expectedForm(`a name of at most ${MAX_TEXT_LENGTH} characters`))
  pageEventName = 'pageview';

  @Satisfies(
    (value) => isTextMap(value) && Object.keys(value).length <= MAX_URL_EVENTS && Object.keys(value).every(isEventName),
    expected(
      `at most ${MAX_URL_EVENTS} rules by event name, none blank, names of at most ${MAX_TEXT_LENGTH} characters`,
    ),
  )
  pageUrlEvents: Readonly<Record<string, string>> = {};

  @Satisfies(
    (value) => isTextMap(value) && Object.values(value).every(isEventName),
    expected(`UserLeap event names by Segment event name, none blank, of at most ${MAX_TEXT_LENGTH} characters`),
  )
  eventNames: Readonly<Record<string, string>> = {};

  @Satisfies(isTextList, NAMES)
  allowEvents: readonly string[] = [];

  @Satisfies(isTextList, NAMES)
  denyEvents: readonly string[] = [];

  @Satisfies(isTextList, NAMES)
  allowTraits: readonly string[] = [];

  @Satisfies(isTextList, NAMES)
  denyTraits: readonly string[] = [];

  @Satisfies(isTextList, expected('a list of dotted places such as userId or traits.accountId'))
  userIdFields: readonly string[] = [];

  @Satisfies(
    (value) => isTextMap(value) && Object.values(value).every(isAttributeName),
    expected(
      `attribute names by trait name, none blank, none that begins with !, of at most ${MAX_TEXT_LENGTH} characters`,
    ),
  )
  traitNames: Readonly<Record<string, string>> = {};

  // The default holds for Identify alone, and so is no value: other calls carry an address only where this says so.
  @Satisfies((value) => isTextList(value) && value.every(isEmailField), EMAIL_FIELDS)
  emailFields: readonly string[] = [];

  @Satisfies(isTextList, NAMES)
  integrationNames: readonly string[] = [];

  @Satisfies(isTextList, NAMES)
  consentCategories: readonly string[] = [];

  @Satisfies(isFlag, FLAG)
  trackScreens = false;

  @Satisfies(isFlag, FLAG)
  acceptOddIds = false;

  @Satisfies(isFlag, FLAG)
  groupTraits = false;

  @Satisfies(
    (value) => typeof value === 'number' && value >= 0 && value <= 100,
    expected('a percentage from 0 to 100, such as 12.5'),
  )
  sampleUsers = 100;

  @Satisfies(isFlag, FLAG)
  purgeAliased = false;

  @SatisfiesIfPresent(isSeconds, SECONDS)
  purgeDelaySeconds?: number;
}

export type SettingName = keyof SettingsSchema;

function isSeconds(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= YEAR_SECONDS;
}

function isEventName(value: unknown): boolean {
  return isText(value) && !isLongerThan(value, MAX_TEXT_LENGTH);
}

function isFlag(value: unknown): boolean {
  return typeof value === 'boolean';
}

function isAttributeName(value: unknown): boolean {
  return isEventName(value) && !String(value).startsWith('!');
}

function isEmailField(place: string): boolean {
  return /^(?:traits|context|properties)\../.test(place);
}

function isTextList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(isText);
}

function isTextMap(value: unknown): value is Readonly<Record<string, string>> {
  return (
    isRecord(value) &&
    Object.entries(value)
      .flat()
      .every((text) => isText(text) && text !== '')
  );
}
