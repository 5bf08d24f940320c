import { IsArray, IsBoolean, IsIn, IsInt, IsString, Matches, Max, MaxLength, Min, ValidateIf } from 'class-validator';
import { expected, expectedForm } from '@segment-userleap/validation';
import { MAX_TEXT_LENGTH } from '@segment-userleap/userleap-api';
import { IsEndpoint } from './is-endpoint';
import { IsTextMap } from './is-text-map';

const YEAR_SECONDS = 366 * 24 * 60 * 60;
const SECONDS = expected(`a whole number of seconds from 0 to ${YEAR_SECONDS}`);
const NAMES = expected('a list of names');
const EVENT_NAME = expectedForm(`a name of at most ${MAX_TEXT_LENGTH} characters`);

/** The one schema of a destination's settings; property initializers are the defaults that both hosts share. */
export class SettingsSchema {
  // Only what can stand in an HTTP header: clients put a key that cannot into their error texts.
  @Matches(/^[\x21-\x7e]+$/, expectedForm('a UserLeap API key without spaces'))
  apiKey!: string;

  @IsEndpoint()
  endpoint = 'https://api.sprig.com';

  @IsIn(['skip', 'create'], expectedForm('skip or create'))
  unknownUsers: 'skip' | 'create' = 'skip';

  @IsInt(SECONDS)
  @Min(0, SECONDS)
  @Max(YEAR_SECONDS, SECONDS)
  unknownUserGraceSeconds!: number;

  @IsString(EVENT_NAME)
  @MaxLength(MAX_TEXT_LENGTH, EVENT_NAME)
  pageEventName = 'pageview';

  @IsTextMap('patterns by event name', 100)
  pageUrlEvents: Readonly<Record<string, string>> = {};

  @IsTextMap('UserLeap event names by Segment event name', 10_000)
  eventNames: Readonly<Record<string, string>> = {};

  @IsArray(NAMES)
  @IsString({ ...NAMES, each: true })
  allowEvents: readonly string[] = [];

  @IsArray(NAMES)
  @IsString({ ...NAMES, each: true })
  denyEvents: readonly string[] = [];

  @IsArray(NAMES)
  @IsString({ ...NAMES, each: true })
  allowTraits: readonly string[] = [];

  @IsArray(NAMES)
  @IsString({ ...NAMES, each: true })
  denyTraits: readonly string[] = [];

  @IsArray(NAMES)
  @IsString({ ...NAMES, each: true })
  consentCategories: readonly string[] = [];

  @IsBoolean(expected('true or false'))
  trackScreens = false;

  @IsBoolean(expected('true or false'))
  purgeAliased = false;

  @ValidateIf((settings: SettingsSchema) => settings.purgeDelaySeconds !== undefined)
  @IsInt(SECONDS)
  @Min(0, SECONDS)
  @Max(YEAR_SECONDS, SECONDS)
  purgeDelaySeconds?: number;
}

export type SettingName = keyof SettingsSchema;
