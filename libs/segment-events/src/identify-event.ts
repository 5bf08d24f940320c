import { IsObject, IsOptional } from 'class-validator';
import { expected } from '@segment-userleap/validation';
import { CommonFields } from './common-fields';

/** Segment spec: Identify. */
export class IdentifyEvent extends CommonFields {
  readonly type = 'identify';

  @IsOptional()
  @IsObject(expected('an object'))
  traits?: Readonly<Record<string, unknown>> | null;
}
