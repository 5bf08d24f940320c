import { ValidateBy } from 'class-validator';
import { expectedText, isRecord } from '@segment-userleap/validation';

/** Rule of a setting that maps names to texts: an object with at most `maxEntries` strings, none of them blank. */
export function IsTextMap(what: string, maxEntries: number): PropertyDecorator {
  return ValidateBy({
    name: 'isTextMap',
    validator: {
      validate: (value) =>
        isRecord(value) &&
        Object.keys(value).length <= maxEntries &&
        Object.entries(value).every(([name, text]) => name !== '' && typeof text === 'string' && text !== ''),
      defaultMessage: (args) =>
        isRecord(args?.value)
          ? `expected ${what} as text, no blank one, at most ${maxEntries}`
          : expectedText(`an object of ${what}`, args?.value),
    },
  });
}
