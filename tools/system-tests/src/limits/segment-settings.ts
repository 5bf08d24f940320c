import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const SETTINGS_JSON = join(__dirname, '../../../../dist/segment-function/settings.json');

/** A setting as Segment is told of it. */
export interface SegmentSetting {
  readonly name: string;
  readonly type: 'STRING' | 'BOOLEAN' | 'ARRAY' | 'TEXT_MAP';
  readonly required: boolean;
}

/** The settings that were built with the Function. */
export const SEGMENT_SETTINGS = JSON.parse(readFileSync(SETTINGS_JSON, 'utf8')) as readonly SegmentSetting[];

/** What must show up in no message. */
export const SECRET = 'sesame';

/** A value that cannot be used, and what the message calls its kind: nothing where it is text of the wrong form. */
export type WrongValue = readonly [value: unknown, kind: string | undefined];

const NUMBER: WrongValue = [5, 'a number'];
const FLAG: WrongValue = [true, 'a boolean'];
const LIST: WrongValue = [[SECRET, 5], 'an array'];
const MAP: WrongValue = [{ [SECRET]: 5 }, 'an object'];
const TEXT: WrongValue = [SECRET, 'a string'];

const WRONG_KINDS = {
  STRING: [FLAG, LIST, MAP],
  BOOLEAN: [TEXT, NUMBER, LIST, MAP],
  ARRAY: [TEXT, NUMBER, FLAG, LIST, MAP],
  TEXT_MAP: [TEXT, NUMBER, FLAG, LIST, MAP],
} as const satisfies Record<SegmentSetting['type'], readonly WrongValue[]>;

/** Wrong in a way that only this setting can be, by name. */
const WRONG_FORMS: Readonly<Record<string, readonly WrongValue[]>> = {
  apiKey: [NUMBER, [`${SECRET} ${SECRET}`, undefined], ['sésame', undefined]],
  endpoint: [NUMBER, [SECRET, undefined], [`http://${SECRET}.example`, undefined]],
  unknownUsers: [NUMBER, [SECRET, undefined], ['Skip', undefined]],
  unknownUserGraceSeconds: [TEXT, [-1, 'a number'], ['1.5', 'a number'], ['99999999999', 'a number']],
  purgeDelaySeconds: [TEXT, [-1, 'a number'], ['1h', 'a string']],
  pageEventName: [NUMBER, [SECRET.repeat(50), undefined]],
  pageUrlEvents: [
    [{ '': SECRET }, 'an object'],
    [{ [SECRET.repeat(50)]: 'a' }, 'an object'],
  ],
  eventNames: [[{ Old: SECRET.repeat(50) }, 'an object']],
};

/** Every kind of value that is wrong for a setting. */
export function wrongValues({ name, type }: SegmentSetting): readonly WrongValue[] {
  return [...WRONG_KINDS[type], ...(WRONG_FORMS[name] ?? [])];
}

const RIGHT_VALUES: Readonly<Record<string, readonly unknown[]>> = {
  unknownUsers: ['skip', 'create', ' create '],
  unknownUserGraceSeconds: ['0', '300', 300],
  purgeDelaySeconds: ['0', ' 3600 ', 3600],
  pageEventName: ['Page Viewed', ' Page Viewed '],
  pageUrlEvents: [{}, { Pricing: '/pricing' }, { '': '', Pricing: ' ^https://.*/pricing$ ' }],
  eventNames: [{}, { Old: 'New' }, { '': '', ' Old ': ' New ' }],
};

/** Every form in which Segment may deliver a right value. The required key and the endpoint are the tests' own. */
export function rightValues({ name, type }: SegmentSetting): readonly unknown[] {
  const unset = [undefined, null, '', ' '];
  if (type === 'BOOLEAN') return [...unset, true, false, 'true', 'false'];
  if (name === 'emailFields') return [...unset, [], ['traits.email'], ['traits.mail', ' context.traits.email ', '']];
  if (type === 'ARRAY') return [...unset, [], ['one'], ['one', ' two ', '']];
  return [...unset, ...(RIGHT_VALUES[name] ?? [])];
}
