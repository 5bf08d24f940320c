import { expected, isRecord, SatisfiesIfPresent } from '@segment-userleap/validation';
import { CommonFields } from './common-fields';

/** Segment spec: Identify. */
export class IdentifyEvent extends CommonFields {
  readonly type = 'identify';

  @SatisfiesIfPresent(isRecord, expected('an object'))
  traits?: Readonly<Record<string, unknown>> | null;
}
