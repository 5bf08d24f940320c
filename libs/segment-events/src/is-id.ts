import { ValidateBy } from 'class-validator';
import { expectedText, isWellFormed } from '@segment-userleap/validation';

const EXPECTATION = 'a string or a finite number';

/** Rule of every id: absent, null, a finite number, or a string that can stand as one segment of a URL's path. */
export function IsId(): PropertyDecorator {
  return ValidateBy({
    name: 'isId',
    validator: {
      validate: (value) => value === undefined || value === null || isId(value),
      defaultMessage: (args) =>
        typeof args?.value === 'string'
          ? 'expected an id of well-formed Unicode other than "." and ".."'
          : expectedText(EXPECTATION, args?.value),
    },
  });
}

function isId(value: unknown): boolean {
  // URL parsers resolve "." and ".." (percent-encoded or not) as folders: such a user cannot be looked up.
  if (typeof value === 'string') return isWellFormed(value) && value !== '.' && value !== '..';
  return typeof value === 'number' && Number.isFinite(value);
}
