import { expectedText, isWellFormed, Satisfies } from '@segment-userleap/validation';

/** Rule of every id: absent, null, a finite number, or a string that can stand as one segment of a URL's path. */
export function IsId(): PropertyDecorator {
  return Satisfies(isId, {
    message: ({ value }) =>
      typeof value === 'string'
        ? 'expected an id of well-formed Unicode other than "." and ".."'
        : expectedText('a string or a finite number', value),
  });
}

function isId(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  // URL parsers resolve "." and ".." (percent-encoded or not) as folders: such a user cannot be looked up.
  if (typeof value === 'string') return isWellFormed(value) && value !== '.' && value !== '..';
  return typeof value === 'number' && Number.isFinite(value);
}
