import { IsNotEmpty } from 'class-validator';
import { expected } from '@segment-userleap/validation';
import { CommonFields } from './common-fields';
import { IsId } from './is-id';

/** Segment spec: Group. */
export class GroupEvent extends CommonFields {
  readonly type = 'group';

  @IsNotEmpty(expected('a group id'))
  @IsId()
  groupId?: string | number;
}
