import { expected, isText, SatisfiesIfPresent } from '@segment-userleap/validation';
import { CommonFields } from './common-fields';

/** Segment spec: Track. A missing name counts as a blank one. */
export class TrackEvent extends CommonFields {
  readonly type = 'track';

  @SatisfiesIfPresent(isText, expected('a string'))
  event?: string | null;

  properties?: unknown;
}
