import { CommonFields } from './common-fields';
import { IsId } from './is-id';

/** Segment spec: Alias. `userId` is the new id, `previousId` the old one. */
export class AliasEvent extends CommonFields {
  readonly type = 'alias';

  @IsId()
  previousId?: string | number | null;
}
