import { expected, Satisfies } from '@segment-userleap/validation';
import { CommonFields } from './common-fields';

/** Segment spec: Group. */
export class GroupEvent extends CommonFields {
  readonly type = 'group';

  @Satisfies(isGroupId, expected('a group id'))
  groupId?: unknown;
}

function isGroupId(value: unknown): boolean {
  return typeof value === 'string' ? value !== '' : typeof value === 'number' && Number.isFinite(value);
}
