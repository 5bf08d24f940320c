import { IsObject, IsOptional, IsString } from 'class-validator';
import { expected } from '@segment-userleap/validation';
import { CommonFields } from './common-fields';

/** Segment spec: Track. A missing name counts as a blank one. */
export class TrackEvent extends CommonFields {
  readonly type = 'track';

  @IsOptional()
  @IsString(expected('a string'))
  event?: string | null;

  @IsOptional()
  @IsObject(expected('an object'))
  properties?: Readonly<Record<string, unknown>> | null;
}
