import { CommonFields } from './common-fields';

/** Segment spec: Page. */
export class PageEvent extends CommonFields {
  readonly type = 'page';

  properties?: unknown;
}
