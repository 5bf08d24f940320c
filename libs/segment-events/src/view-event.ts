import { expected, isRecord, SatisfiesIfPresent } from '@segment-userleap/validation';
import { CommonFields } from './common-fields';

const NAME = expected('a string that is not empty');

/** What Page and Screen share. */
export class ViewEvent extends CommonFields {
  @SatisfiesIfPresent(isNonEmptyString, NAME)
  name?: string | null;

  @SatisfiesIfPresent(isNonEmptyString, NAME)
  category?: string | null;

  @SatisfiesIfPresent(isRecord, expected('an object'))
  properties?: Readonly<Record<string, unknown>> | null;
}

export const VIEW_KEYS = ['name', 'category', 'properties'] as const;

function isNonEmptyString(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}
