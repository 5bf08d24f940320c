import { CommonFields } from './common-fields';

/** Segment spec: Alias. `userId` is the new id, `previousId` the old one. */
export class AliasEvent extends CommonFields {
  readonly type = 'alias';

  previousId?: unknown;
  anonymousId?: unknown;
}
