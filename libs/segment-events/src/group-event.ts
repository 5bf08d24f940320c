import { CommonFields } from './common-fields';

/** Segment spec: Group. Nothing of it is checked: whatever it holds, it is left out or read as traits are. */
export class GroupEvent extends CommonFields {
  readonly type = 'group';

  groupId?: unknown;
  traits?: unknown;
}
