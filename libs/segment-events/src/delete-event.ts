import { CommonFields } from './common-fields';

/** What Segment sends to destinations when a user is to be erased. Its `context` is not read. */
export class DeleteEvent extends CommonFields {
  readonly type = 'delete';
}
