import { CommonFields } from './common-fields';

/** Segment spec: Group. Nothing of it is checked: whatever it holds, it is valid. */
export class GroupEvent extends CommonFields {
  readonly type = 'group';

  groupId?: unknown;
  traits?: unknown;
}
